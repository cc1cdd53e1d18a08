import { hash } from "./fingerprint.ts";

/** The content of a link's token. Angelcam's live links carry both ids, the links of files an alias. */
export interface LinkClaims {
  readonly camera_id?: number;
  readonly device_id?: number;
  readonly alias?: string;
}

/** The state of a token. */
export type LinkState =
  | { readonly state: "alive" | "expired"; readonly claims: LinkClaims }
  | { readonly state: "invalid" };

/**
 * A token in the form of Angelcam's links: Base64 of a JSON object, a dot and 64 hexadecimal digits, with the dot and `=`
 * percent-encoded. It works for `timeout` seconds from `time` on, which counts microseconds since 1970.
 */
export function linkToken(claims: LinkClaims, now: number, timeout: number): string {
  const payload = btoa(JSON.stringify({ ...claims, time: now * 1000, timeout }));
  return encodeURIComponent(`${payload}.${digest(payload)}`).replaceAll(".", "%2E");
}

/** @param token As it is in the query, percent-decoded. */
export function readLinkToken(token: string, now: number): LinkState {
  const [payload = "", signature] = token.split(".");
  if (signature !== digest(payload)) return { state: "invalid" };
  const { time, timeout, ...claims } = JSON.parse(atob(payload)) as LinkClaims & { time: number; timeout: number };
  return { state: now < time / 1000 + timeout * 1000 ? "alive" : "expired", claims };
}

/** 64 hexadecimal digits that go with the payload. There is no key behind them. */
function digest(payload: string): string {
  return Array.from({ length: 8 }, (_, seed) => hash(payload, seed).toString(16).padStart(8, "0")).join("");
}
