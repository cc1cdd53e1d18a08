import * as errors from "jose/errors";
import { jwtVerify } from "jose/jwt/verify";
import { WebhookError } from "./webhook-error.ts";

/** The claims of a valid signature. */
export interface SignatureClaims {
  /** When it was signed, in seconds since 1970. */
  readonly iat: number;
  /** SHA-256 of the body in Base64. */
  readonly csm: string;
}

/**
 * The key is one secret for both sides, so only HMAC is possible. A fixed list keeps a forger from choosing `none`, or an
 * algorithm that would take the key for a public one. Which of the three Angelcam uses is not documented, see
 * spec/guides/webhooks.md.
 */
const ALGORITHMS = ["HS256", "HS384", "HS512"];

/** The version of the signature that is documented, see spec/guides/webhooks.md. */
const VERSION = 1;

/** Seconds before and after the signing for which a signature is valid, see spec/guides/webhooks.md. */
const WINDOW_BEFORE = 60;
const WINDOW_AFTER = 120;

/** Three parts of Base64 for URLs without padding, as RFC 7515 demands: the same signature has one form only. */
const COMPACT_FORM = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Checks everything of a signature that does not need the body.
 *
 * @param keys The signature fits one of them.
 * @param tolerance Milliseconds that the clocks may differ.
 * @throws WebhookError with the reason, without the token.
 */
export async function verifySignature(
  token: string,
  keys: readonly string[],
  now: number,
  tolerance: number,
): Promise<SignatureClaims> {
  if (!COMPACT_FORM.test(token) || !token.split(".").every(isCanonical)) {
    throw malformed("its signature is no JSON Web Token in compact form, without padding");
  }
  const payload = await verifyWithAny(token, keys, new Date(now), tolerance / 1000);
  const { iat = Number.NaN, nbf = Number.NaN, exp = Number.NaN, ver, csm } = payload;
  if (!(nbf <= iat && iat <= exp)) throw malformed("its times contradict each other");
  if (exp - iat > WINDOW_AFTER || iat - nbf > WINDOW_BEFORE) {
    throw malformed(
      `it claims to be valid longer than ${WINDOW_BEFORE} s before and ${WINDOW_AFTER} s after its signing`,
    );
  }
  if (ver !== VERSION) throw new WebhookError("version", "its signature is not of version 1");
  if (typeof csm !== "string") throw malformed("its signature names no hash of the body");
  return { iat, csm };
}

/** Tries every key: while a key is replaced, webhooks come with the old one and with the new one. */
async function verifyWithAny(token: string, keys: readonly string[], currentDate: Date, clockTolerance: number) {
  let mismatch: unknown;
  for (const key of keys) {
    try {
      // A Uint8Array as jose knows it: with the jsdom of Vitest, the one of TextEncoder is of another realm.
      const { payload } = await jwtVerify(token, Uint8Array.from(new TextEncoder().encode(key)), {
        algorithms: ALGORITHMS,
        requiredClaims: ["iat", "nbf", "exp", "ver", "csm"],
        currentDate,
        clockTolerance,
      });
      return payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw webhookErrorFrom(error);
      mismatch = error;
    }
  }
  throw webhookErrorFrom(mismatch);
}

/** False where bits of the last character are not used but set: another text for the same bytes. */
function isCanonical(part: string): boolean {
  const rest = part.length % 4;
  const last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(part.at(-1) ?? "");
  return rest === 0 || (rest === 2 && last % 16 === 0) || (rest === 3 && last % 4 === 0);
}

/** The errors of the library hold the claims; these hold only the reason. */
function webhookErrorFrom(error: unknown): unknown {
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return new WebhookError("algorithm", "it is not signed by HMAC");
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return new WebhookError("signature_mismatch", "its signature was made with another key, or was changed");
  }
  if (error instanceof errors.JWTExpired) return new WebhookError("expired", "its signature is too old");
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === "nbf" && error.reason === "check_failed") {
    return new WebhookError("not_yet_valid", "its signature is not valid yet");
  }
  return error instanceof errors.JOSEError
    ? malformed("its signature is no JSON Web Token with the claims of Angelcam")
    : error;
}

function malformed(message: string): WebhookError {
  return new WebhookError("signature_malformed", message);
}
