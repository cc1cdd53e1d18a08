import { type Clock, systemClock } from "../base/clock.ts";
import { toIso } from "../helpers/time-range.ts";
import { bytesOf, checkRequest, type RawWebhookRequest, signatureOf } from "./signed-request.ts";
import { verifySignature } from "./verify-signature.ts";
import { toWebhook, type Webhook } from "./webhook.ts";
import { WebhookError } from "./webhook-error.ts";

export type { RawWebhookRequest } from "./signed-request.ts";
export type { Webhook, WebhookKind, WebhookPayload } from "./webhook.ts";
export { WebhookError, type WebhookRefusal } from "./webhook-error.ts";

/** How to check a webhook. */
export interface VerifyWebhookOptions {
  /** Where time comes from, for tests. */
  clock?: Clock | undefined;
  /**
   * Milliseconds that your clock and Angelcam's may differ, beyond the 60 s before and the 120 s after the signing for
   * which a signature is valid.
   *
   * @default 0
   */
  tolerance?: number | undefined;
}

/**
 * Sees that a webhook is from Angelcam, of this moment and unchanged, and gives what it tells.
 *
 * It checks the signature, the time, the version and the hash of the body. The body is read only when all else is good,
 * and the body of a `Request` is read by that. The same webhook can come twice within its three minutes.
 *
 * @param request A web `Request`, or the headers and the body of one, the body as it came.
 * @param key The `signature_private_key` of the notification method.
 * @throws WebhookError for what is not to be trusted: answer 401. Its `reason` says why. TypeError or RangeError for
 * arguments that make no sense, which is a fault of your program.
 * @example
 * ```ts
 * async function receive(request: Request): Promise<Response> {
 *   try {
 *     const webhook = await verifyWebhook(request, process.env.ANGELCAM_WEBHOOK_KEY ?? "");
 *     if (webhook.kind === "cameraStatus") console.log(webhook.payload.camera_id, webhook.payload.online);
 *     return new Response(null, { status: 204 });
 *   } catch (error) {
 *     if (!(error instanceof WebhookError)) throw error;
 *     return new Response(null, { status: 401 });
 *   }
 * }
 * ```
 */
export async function verifyWebhook(
  request: Request | RawWebhookRequest,
  key: string,
  options: VerifyWebhookOptions = {},
): Promise<Webhook> {
  const { clock = systemClock, tolerance = 0 } = options;
  if (typeof key !== "string" || key === "") throw new TypeError("verifyWebhook: key must be a text that is not empty");
  if (!(tolerance >= 0 && Number.isFinite(tolerance))) {
    throw new RangeError(`verifyWebhook: tolerance must be a number of milliseconds, at least 0, got ${tolerance}`);
  }
  checkRequest(request);
  const { iat, csm } = await verifySignature(signatureOf(request), key, clock.now(), tolerance);
  const bytes = await bytesOf(request);
  if (!(await isHashOf(csm, bytes)))
    throw new WebhookError("body_hash_mismatch", "its signature belongs to another body");
  return toWebhook(parse(bytes), toIso(iat * 1000));
}

async function isHashOf(csm: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  // Nothing says which of the two alphabets of Base64 it is, nor whether it is padded.
  return (
    csm.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "") === btoa(String.fromCharCode(...hash)).slice(0, -1)
  );
}

function parse(bytes: Uint8Array): object {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    // Refused below, like everything that is no object.
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new WebhookError("body_malformed", "its body is no JSON object");
  }
  return body;
}
