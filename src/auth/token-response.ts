import { UnexpectedResponseError } from "../errors/client-errors.ts";
import type { Tokens } from "./token-store.ts";

/** Assumed where the response does not say how long the access token lives, in seconds (RFC 6749 leaves it open). */
const ASSUMED_LIFETIME = 3_600;

/** Bounds of the lifetime, in seconds. Below the lower one, a session would spend more requests on tokens than on calls. */
const SHORTEST_LIFETIME = 10;
const LONGEST_LIFETIME = 366 * 86_400;

/** The printable ASCII characters of RFC 6749, appendix A. Anything else would break a header or a form. */
const TOKEN = /^[\x21-\x7e]+$/;
const LONGEST_TOKEN = 16_384;

/** True for text that may be sent as a token. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && value.length <= LONGEST_TOKEN && TOKEN.test(value);
}

/**
 * Reads the body of a successful response of the token endpoint.
 *
 * @param now When it came, in milliseconds since 1970 (UTC).
 * @param previousRefreshToken Kept where the response brings no new one (RFC 6749, section 6).
 * @throws UnexpectedResponseError when it holds no usable access token; the message shows nothing of it.
 */
export function tokensFrom(body: unknown, now: number, previousRefreshToken: string | undefined): Tokens {
  const { access_token, refresh_token, expires_in, scope } = Object(body) as Record<string, unknown>;
  if (!isToken(access_token)) throw unexpected("access_token", access_token);
  const hasRefreshToken = refresh_token !== undefined && refresh_token !== null && refresh_token !== "";
  if (hasRefreshToken && !isToken(refresh_token)) throw unexpected("refresh_token", refresh_token);
  return {
    accessToken: access_token,
    refreshToken: hasRefreshToken ? refresh_token : previousRefreshToken,
    issuedAt: now,
    expiresAt: now + lifetimeOf(expires_in) * 1000,
    scope: typeof scope === "string" ? scope : undefined,
  };
}

/** Seconds. Zero, a negative number and what is no number mean that the response does not say. */
function lifetimeOf(value: unknown): number {
  const seconds = typeof value === "string" ? Number(value) : value;
  if (typeof seconds !== "number" || !(seconds > 0)) return ASSUMED_LIFETIME;
  return Math.min(Math.max(seconds, SHORTEST_LIFETIME), LONGEST_LIFETIME);
}

function unexpected(field: string, value: unknown): UnexpectedResponseError {
  const found =
    value === undefined || value === ""
      ? "is missing"
      : typeof value === "string"
        ? "holds characters that no token has"
        : "is no text";
  return new UnexpectedResponseError(
    `oauth.createToken: the response has status 200, but its ${field} ${found}. Nothing was stored. A proxy or a captive portal may be in the way; the next call tries again.`,
    {
      code: "unexpected_response",
      retryable: true,
      status: 200,
      operationId: "oauth.createToken",
      method: "POST",
      path: "/oauth/token/",
    },
  );
}
