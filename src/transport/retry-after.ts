import type { Answer } from "./call.ts";
import { parseErrorBody } from "./error-body.ts";

/** The longest wait that can be meant, in seconds: Angelcam's longest quota window is a day. See `spec/guides/limits.md`. */
const LONGEST_WAIT = 86_400;

/**
 * When the server wants to be asked again: from `Retry-After` (seconds or a date), else from the number of seconds in
 * the answer's `detail`. What lies in the past or beyond a day is taken for a mistake.
 *
 * @returns Milliseconds since 1970 (UTC), or undefined where the answer does not tell.
 */
export function retryTime({ response, text }: Answer, now: number): number | undefined {
  const header = response.headers.get("Retry-After") ?? "";
  const detail = parseErrorBody(text)?.detail?.match(/(\d+)\s*seconds?/)?.[1];
  const waits = [parseHeader(header, now), Number(detail)];
  const wait = waits.find((seconds) => seconds > 0 && seconds <= LONGEST_WAIT);
  return wait === undefined ? undefined : now + wait * 1000;
}

/** Seconds from now; NaN where the header does not tell. */
function parseHeader(header: string, now: number): number {
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header);
  return (Date.parse(header) - now) / 1000;
}
