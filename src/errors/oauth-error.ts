import { AngelcamError } from "./angelcam-error.ts";

/**
 * The token endpoint refused a grant, or the session has ended and nothing is left to sign in with.
 * `title` holds the OAuth error code: `invalid_grant`, `invalid_client`, and so on (RFC 6749, section 5.2).
 */
export class OAuthError extends AngelcamError {
  override readonly name: string = "OAuthError";
}
