import * as errors from "jose/errors";
import { jwtVerify } from "jose/jwt/verify";
import { WebhookError } from "./webhook-error.ts";

/** What a signature says, once it is known to be good. */
export interface SignatureClaims {
  /** When it was signed, in seconds since 1970. */
  readonly iat: number;
  /** SHA-256 of the body in Base64. */
  readonly csm: string;
}

/**
 * The key is one secret for both sides, so nothing but HMAC makes sense. Naming the algorithms keeps a forger from
 * choosing `none`, or one that would take the key for a public one. Which of the three Angelcam uses is not documented,
 * see spec/guides/webhooks.md.
 */
const ALGORITHMS = ["HS256", "HS384", "HS512"];

/** The version of the signature that is documented, see spec/guides/webhooks.md. */
const VERSION = 1;

/**
 * Checks all of a signature that does not need the body.
 *
 * @param tolerance Milliseconds that the clocks may differ.
 * @throws WebhookError saying what is wrong, without the token.
 */
export async function verifySignature(
  token: string,
  key: string,
  now: number,
  tolerance: number,
): Promise<SignatureClaims> {
  const { payload } = await jwtVerify(token, new TextEncoder().encode(key), {
    algorithms: ALGORITHMS,
    requiredClaims: ["iat", "nbf", "exp", "ver", "csm"],
    currentDate: new Date(now),
    clockTolerance: tolerance / 1000,
  }).catch((error: unknown) => {
    throw refusalOf(error);
  });
  const { iat = Number.NaN, nbf = Number.NaN, exp = Number.NaN, ver, csm } = payload;
  if (!(nbf <= iat && iat <= exp)) throw malformed("its times contradict each other");
  if (ver !== VERSION) throw new WebhookError("version", "its signature is not of version 1");
  if (typeof csm !== "string") throw malformed("its signature names no hash of the body");
  return { iat, csm };
}

/** The errors of the library hold the claims; ours say only what is wrong. */
function refusalOf(error: unknown): unknown {
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
  return error instanceof errors.JOSEError ? malformed("its signature is not what it should be") : error;
}

function malformed(message: string): WebhookError {
  return new WebhookError("signature_malformed", message);
}
