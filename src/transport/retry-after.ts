import type { ReceivedResponse } from "./call.ts";
import { parseErrorBody } from "./error-body.ts";

/** The longest wait that can be meant, in seconds: Angelcam's longest quota window is a day. See `spec/guides/limits.md`. */
const LONGEST_WAIT = 86_400;

/**
 * When the server wants to be asked again: from `Retry-After` (seconds or a date), else from the number of seconds in
 * the answer's `detail`. What lies in the past or beyond a day is taken for a mistake.
 *
 * @returns Milliseconds since 1970 (UTC), or undefined where the answer is no refusal (429, 503) or does not tell.
 */
export function retryTime({ response, text }: ReceivedResponse, now: number): number | undefined {
  if (response.status !== 429 && response.status !== 503) return undefined;
  const header = response.headers.get("Retry-After") ?? "";
  const detail = parseErrorBody(text)?.detail?.match(/(\d+)\s*second/)?.[1];
  const waits = [Number(header), (Date.parse(header) - now) / 1000, Number(detail)];
  const wait = waits.find((seconds) => seconds > 0 && seconds <= LONGEST_WAIT);
  return wait && now + wait * 1000;
}
