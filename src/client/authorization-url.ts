import { operations } from "../../generated/operations.ts";
import { checkBaseUrl } from "../base/base-url.ts";
import { checkOptionNames } from "../base/check-names.ts";
import { baseUrlOf } from "../transport/server.ts";

/** Options of `authorizationUrl`. */
export interface AuthorizationUrlOptions {
  /** The id of your program, from Angelcam. */
  clientId: string;
  /** Where the browser comes back to with `code` and `state`. Angelcam must have it on your program's list. */
  redirectUri: string;
  /** Scopes to ask for, separated by blanks. See `spec/guides/sign-in.md`. */
  scope: string;
  /**
   * An unguessable value, which comes back with the code.
   *
   * @default a random one
   */
  state?: string | undefined;
  /** One origin in place of Angelcam's, for a mock, a sandbox or a proxy. https, or http on localhost. */
  baseUrl?: string | undefined;
}

/**
 * Builds the address of Angelcam's consent page, to which a program sends its user's browser.
 *
 * Keep the `state` with the user's session. When the browser comes back, compare it with the one in the query: if they
 * differ, another party has started this sign-in. Then hand the `code` to `authorizationCodeGrant`.
 *
 * @throws TypeError for an empty string, or a redirect URI that is no absolute URL.
 * @example
 * ```ts
 * const { url, state } = authorizationUrl({
 *   clientId,
 *   redirectUri: "https://example.com/callback",
 *   scope: "user_access camera_access",
 * });
 * ```
 */
export function authorizationUrl(options: AuthorizationUrlOptions): { url: string; state: string } {
  checkOptionNames("authorizationUrl", options, ["clientId", "redirectUri", "scope", "state", "baseUrl"]);
  const { clientId, redirectUri, scope, state = crypto.randomUUID(), baseUrl } = options;
  for (const [name, value] of Object.entries({ clientId, redirectUri, scope, state })) {
    if (typeof value !== "string" || value === "")
      throw new TypeError(`authorizationUrl needs ${name}: a non-empty string`);
  }
  if (!URL.canParse(redirectUri)) throw new TypeError("authorizationUrl needs redirectUri: an absolute URL");
  const operation = operations["oauth.authorize"];
  const url = new URL(baseUrlOf(operation, checkBaseUrl(baseUrl), undefined) + operation.path);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    state,
  }).toString();
  return { url: url.href, state };
}
