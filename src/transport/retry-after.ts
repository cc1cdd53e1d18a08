import type { ReceivedResponse } from "./call.ts";
import { parseErrorBody } from "./error-body.ts";

/** The longest wait in seconds that is believed: a day, the longest window that Angelcam has ever published. */
const LONGEST_WAIT = 86_400;

/**
 * When the server wants the next request: from `Retry-After` (seconds or a date), else from the number of seconds in
 * `detail`. A date is compared with the response's own `Date`, so the local clock may be wrong. A wait that is negative or
 * longer than a day is ignored.
 *
 * @param now Milliseconds since 1970 (UTC) by the local clock.
 * @returns Milliseconds since 1970 (UTC) by the local clock, or undefined where the response is no 429 or 503, or names no
 * wait.
 */
export function retryTime({ response, text }: ReceivedResponse, now: number): number | undefined {
  const { status, headers } = response;
  if (status !== 429 && status !== 503) return undefined;
  const header = headers.get("Retry-After")?.trim() ?? "";
  const waits = [secondsIn(header), secondsUntil(header, headers.get("Date"), now), secondsInDetail(text)];
  // A header of 0 beside a detail that names a wait is a gateway's.
  const wait =
    waits.find((seconds) => seconds > 0 && seconds <= LONGEST_WAIT) ?? waits.find((seconds) => seconds === 0);
  return wait === undefined ? undefined : now + wait * 1000;
}

function secondsIn(header: string): number {
  // Two servers on the way that both name a wait are joined with a comma.
  return Number(header.match(/^\d{1,9}(?:\.\d{1,9})?(?=,|$)/)?.[0]);
}

function secondsUntil(header: string, date: string | null, now: number): number {
  // Numbers are dates too for Date.parse.
  if (!/[a-z]/i.test(header)) return Number.NaN;
  const serverTime = Date.parse(date ?? "");
  return (Date.parse(header) - (Number.isNaN(serverTime) ? now : serverTime)) / 1000;
}

function secondsInDetail(text: string): number {
  return Number(parseErrorBody(text)?.detail?.match(/\b\d{1,9}(?:\.\d{1,9})?(?=\s{0,9}second)/)?.[0]);
}
