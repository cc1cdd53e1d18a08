import { createHash, createHmac } from "node:crypto";
import { ManualClock } from "../support/manual-clock.ts";

export const KEY = "pN7wGm2RfX9kTqV4sLzB6cYhJd8aUeQ3";
export const NOW = Date.parse("2026-11-24T12:00:00Z") / 1000;
export const BODY = JSON.stringify({ title: "Server room is offline", camera_id: 20391, online: false });

export const base64url = (value: string | object) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

export const hashOf = (body: string | Uint8Array) => createHash("sha256").update(body).digest("base64");

/** The claims as Angelcam makes them. */
export function claims(body: string | Uint8Array = BODY, iat = NOW) {
  return { iat, nbf: iat - 60, exp: iat + 120, ver: 1, csm: hashOf(body) };
}

/** A token, signed with HMAC over whatever header and claims. */
export function sign(payload: object = claims(), { header = {}, key = KEY, hash = "sha256" } = {}): string {
  const signed = `${base64url({ alg: "HS256", typ: "JWT", ...header })}.${base64url(payload)}`;
  return `${signed}.${createHmac(hash, key).update(signed).digest("base64url")}`;
}

/** A web request with a signature. */
export function request(signature: string | undefined = sign(), body: BodyInit = BODY): Request {
  const headers = new Headers({ "Content-Type": "application/json" });
  if (signature !== undefined) headers.set("X-Angelcam-Signature", signature);
  return new Request("https://app.example.com/angelcam/notify", { method: "POST", headers, body });
}

/** Options with the clock so many seconds after the signing. */
export function later(seconds: number, tolerance?: number) {
  return { clock: new ManualClock((NOW + seconds) * 1000), tolerance };
}
