import { checkOptionNames } from "../base/check-names.ts";
import { mustBe } from "../base/check-number.ts";
import type { TokenForm } from "./auth.ts";

/** How a session signs in for the first time. Made by `passwordGrant`, `authorizationCodeGrant` or `refreshTokenGrant`. */
export interface Grant {
  /** `grant_type` of the token request. */
  readonly type: "password" | "authorization_code" | "refresh_token";
  /** The fields that this grant adds to the token request. @internal */
  fields(): TokenForm;
}

/** Options of `passwordGrant`. */
export interface PasswordGrantOptions {
  /** E-mail address of the Angelcam account. */
  username: string;
  /** Its password, which the session keeps in memory to sign in again. */
  password: string;
  /** Scopes to request, separated by spaces; without it the server decides. See `spec/guides/sign-in.md`. */
  scope?: string | undefined;
}

/** Options of `authorizationCodeGrant`. */
export interface AuthorizationCodeGrantOptions {
  /** The `code` that came back to the redirect URI. It works once. */
  code: string;
  /** The redirect URI that the consent page was opened with. */
  redirectUri: string;
}

/** Options of `refreshTokenGrant`. */
export interface RefreshTokenGrantOptions {
  /** A refresh token that has not been used yet. It works once; the session saves the one that follows. */
  refreshToken: string;
}

/**
 * Signs in with the e-mail address and password of an Angelcam account: for scripts and services that work with their
 * own account. The only grant with which a session can sign in again by itself when it has ended.
 *
 * @throws TypeError when user name or password is empty.
 * @example
 * ```ts
 * const session = new OAuthSession({ clientId, grant: passwordGrant({ username: "user@example.com", password }) });
 * ```
 */
export function passwordGrant(options: PasswordGrantOptions): Grant {
  requireText("passwordGrant", options, ["username", "password"], ["scope"]);
  const { username, password, scope } = options;
  return createGrant("password", { username, password, scope });
}

/**
 * Signs in a user who has agreed on Angelcam's consent page: for programs that work with other people's cameras.
 * The session needs the `clientSecret` too.
 *
 * @throws TypeError when code or redirect URI is empty.
 * @example
 * ```ts
 * const session = new OAuthSession({
 *   clientId,
 *   clientSecret,
 *   grant: authorizationCodeGrant({ code, redirectUri: "https://example.com/callback" }),
 *   store,
 * });
 * ```
 */
export function authorizationCodeGrant(options: AuthorizationCodeGrantOptions): Grant {
  requireText("authorizationCodeGrant", options, ["code", "redirectUri"]);
  const { code, redirectUri } = options;
  return createGrant("authorization_code", { code, redirect_uri: redirectUri });
}

/**
 * Continues with a refresh token from elsewhere. A store must keep the tokens that follow, or the next start of the
 * program would use a token that works no more.
 *
 * @throws TypeError when the token is empty.
 * @example
 * ```ts
 * const session = new OAuthSession({ clientId, grant: refreshTokenGrant({ refreshToken }), store });
 * ```
 */
export function refreshTokenGrant(options: RefreshTokenGrantOptions): Grant {
  requireText("refreshTokenGrant", options, ["refreshToken"]);
  const { refreshToken } = options;
  return createGrant("refresh_token", { refresh_token: refreshToken });
}

/** The fields are in a closure, so that a logged grant shows no credential. */
function createGrant(type: Grant["type"], fields: TokenForm): Grant {
  return { type, fields: () => fields };
}

/** Other properties are accepted, for a program may pass all of its credentials; they are reported where one is missing. */
function requireText(
  caller: string,
  options: object,
  required: readonly string[],
  optional: readonly string[] = [],
): void {
  const values = Object(options) as Readonly<Record<string, unknown>>;
  for (const name of optional) {
    const value = values[name];
    if (value !== undefined && typeof value !== "string")
      throw new TypeError(mustBe(`${caller}: ${name}`, "a string", value));
  }
  const missing = required.find((name) => typeof values[name] !== "string" || values[name] === "");
  if (missing === undefined) return;
  checkOptionNames(caller, options, [...required, ...optional]);
  throw new TypeError(`${caller} needs ${missing}: a non-empty string`);
}
