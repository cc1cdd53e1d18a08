import { readJson } from "../contract/body.ts";
import type { ReceivedResponse } from "./exchange.ts";

/** The longest wait that a 429 can request, in seconds: a day, the longest window of a quota. */
export const LONGEST_WAIT = 86_400;

/** An HTTP date in its one form that is still written. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Seconds that `Retry-After` requests; undefined for a value that is neither a number of seconds nor a date. */
export function secondsOfHeader(header: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(header)) return Number(header);
  return HTTP_DATE.test(header) ? Math.max(0, (Date.parse(header) - now) / 1000) : undefined;
}

/** Seconds in the text of `detail`, `Expected available in 12 seconds.`; undefined when it has none. */
export function secondsOfDetail(bodyText: string): number | undefined {
  const read = readJson(bodyText);
  const { detail } = ("value" in read && Object(read.value)) as { readonly detail?: unknown };
  const text = typeof detail === "string" ? detail.match(/(\d{1,9})\s*second/)?.[1] : undefined;
  return text === undefined ? undefined : Number(text);
}

/** Milliseconds that a 429 requests to wait; undefined when it states none, or more than a day. */
export function requestedWait({ headers, bodyText = "" }: ReceivedResponse, now: number): number | undefined {
  const seconds = [secondsOfHeader(headers.get("Retry-After") ?? "", now), secondsOfDetail(bodyText)];
  const wait = seconds.find((one) => one !== undefined && one > 0 && one <= LONGEST_WAIT);
  return wait === undefined ? undefined : wait * 1000;
}
