import { AngelcamError } from "../errors/angelcam-error.ts";

/**
 * Why a webhook was rejected.
 *
 * - `signature_missing`: there is no `X-Angelcam-Signature`, or an empty one.
 * - `signature_duplicated`: there is more than one.
 * - `signature_malformed`: it is no JSON Web Token in its one compact form, one of its claims is missing or of the wrong
 *   type, or it claims to be valid for longer than Angelcam's signatures are.
 * - `algorithm`: it is signed in another way than by HMAC, or not at all.
 * - `signature_mismatch`: it was made with none of the keys, or it was changed.
 * - `expired`, `not_yet_valid`: it is not of this moment. If all webhooks end so, a clock is wrong.
 * - `version`: it is not of version 1.
 * - `body_hash_mismatch`: it belongs to another body. Pass the bytes as they came; the message says where the body was
 *   serialised again or is still Base64.
 * - `body_malformed`: the body is signed, but is no JSON object.
 */
export type WebhookErrorReason =
  | "signature_missing"
  | "signature_duplicated"
  | "signature_malformed"
  | "algorithm"
  | "signature_mismatch"
  | "expired"
  | "not_yet_valid"
  | "version"
  | "body_hash_mismatch"
  | "body_malformed";

/** A request that cannot be verified as a webhook of Angelcam: respond with 401, and do not process it. */
export class WebhookError extends AngelcamError {
  override readonly name: string = "WebhookError";
  declare readonly code: "webhook_invalid";
  /** The reason. Write it to your log, and do not send it back. */
  declare readonly reason: WebhookErrorReason;

  /** @internal */
  constructor(reason: WebhookErrorReason, message: string) {
    super(`The webhook is invalid: ${message}.`, { code: "webhook_invalid", retryable: false });
    Object.defineProperty(this, "reason", { value: reason, enumerable: true });
  }
}
