import { checkOptionNames } from "../base/check-names.ts";
import { checkNumber } from "../base/check-number.ts";
import { checkClock } from "../base/check-type.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { isObject } from "../base/is-object.ts";
import { toIso } from "../base/time.ts";
import { hashOf, hintFor, isHash } from "./body-hash.ts";
import { bytesOf, checkBody, checkRequest, type RawWebhookRequest, signatureOf } from "./signed-request.ts";
import { verifySignature } from "./verify-signature.ts";
import { toWebhook, type Webhook } from "./webhook.ts";
import { WebhookError } from "./webhook-error.ts";

export type { RawWebhookRequest } from "./signed-request.ts";
export type { Webhook, WebhookKind, WebhookPayload } from "./webhook.ts";
export { WebhookError, type WebhookErrorReason } from "./webhook-error.ts";

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
 * Verifies that a webhook is from Angelcam, recent and unchanged, and returns its content.
 *
 * It checks the signature, the time, the version and the hash of the body. The body is read only when all else is valid,
 * and reading it consumes the body of a `Request`. The same webhook can be delivered twice: compare `id`.
 *
 * @param request A web `Request`, or the headers and the body of one, the body as it came.
 * @param key The `signature_private_key` of the notification method. A list while a key is replaced: the signature fits
 * one of them.
 * @throws WebhookError for a request that is not to be trusted: respond with 401. Its `reason` says why. TypeError or
 * RangeError for invalid arguments, which is a fault of your program; one for a body that was parsed or read before comes
 * after the check of the signature, so that no stranger can cause it.
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
  key: string | readonly string[],
  options: VerifyWebhookOptions = {},
): Promise<Webhook> {
  checkOptionNames("verifyWebhook", options, ["clock", "tolerance"]);
  const { clock = systemClock, tolerance = 0 } = options;
  checkClock("verifyWebhook: ", clock);
  const keys = [key].flat();
  if (keys.length === 0 || !keys.every((item) => typeof item === "string" && item !== "")) {
    throw new TypeError("verifyWebhook: key must be a non-empty string, or a list of them");
  }
  checkNumber("verifyWebhook: tolerance", { type: "number", minimum: 0 }, tolerance);
  checkRequest(request);
  const now = clock.now();
  // No signature is too old for a time that is no number.
  checkNumber("verifyWebhook: clock.now()", { type: "number" }, now);
  const { iat, csm } = await verifySignature(signatureOf(request), keys, now, tolerance);
  // Later than the signature: anybody can send a request without a body, which is no fault of the program.
  checkBody(request);
  const bytes = await bytesOf(request);
  const hash = await hashOf(bytes);
  if (!isHash(csm, hash)) {
    throw new WebhookError("body_hash_mismatch", `its signature belongs to another body. ${await hintFor(bytes, csm)}`);
  }
  const id = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return toWebhook(parse(bytes), id, toIso(iat * 1000));
}

function parse(bytes: Uint8Array): object {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    // Rejected below, like everything that is no object.
  }
  if (!isObject(body)) {
    throw new WebhookError("body_malformed", "its body is no JSON object");
  }
  return body;
}
