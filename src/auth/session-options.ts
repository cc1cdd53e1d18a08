import { checkOptionNames } from "../base/check-names.ts";
import { checkAmount } from "../base/check-number.ts";
import { checkFunctions } from "../base/check-type.ts";
import type { Fetch } from "../base/fetch.ts";
import type { Grant } from "./grants.ts";
import type { OnTokens } from "./token-cache.ts";
import type { TokenStore } from "./token-store.ts";

/** Options of an `OAuthSession`. */
export interface OAuthSessionOptions {
  /** The id of your program, from Angelcam. */
  clientId: string;
  /** The secret of your program, where the grant needs it. Never in a browser or an app. */
  clientSecret?: string | undefined;
  /** How to sign in. */
  grant: Grant;
  /**
   * Where the tokens are kept between runs, or shared with other processes.
   *
   * @default memoryTokenStore()
   */
  store?: TokenStore | undefined;
  /**
   * Called with new tokens after the store has them. Other calls use them once it has finished, after 30 seconds at most.
   * It may call the API itself. After `revoke()` it is called with an empty `accessToken` and no `refreshToken`.
   */
  onTokens?: OnTokens | undefined;
  /**
   * Called when the store or `onTokens` failed. The tokens stay in memory, are used, and are saved again later.
   *
   * @default console.error, with name, code and message of the error
   */
  onSaveFailure?: ((error: unknown) => unknown) | undefined;
  /**
   * Milliseconds before its expiry at which an access token is refreshed; at most half of its lifetime.
   *
   * @default 60_000
   */
  refreshAhead?: number | undefined;
  /** Origin of the token endpoint, instead of the one that the client uses. */
  baseUrl?: string | undefined;
  /**
   * Accepts plain http to any host in `baseUrl`, for a private network such as Docker Compose: credentials cross it in clear
   * text.
   *
   * @default false
   */
  allowInsecureHttp?: boolean | undefined;
  /** `fetch` for the token endpoint, instead of the one that the client uses. */
  fetch?: Fetch | undefined;
}

/** Defaults of `OAuthSessionOptions`; the README quotes them. */
export const sessionDefaults = { refreshAhead: 60_000 } as const;

const NAMES = [
  "clientId",
  "clientSecret",
  "grant",
  "store",
  "onTokens",
  "onSaveFailure",
  "refreshAhead",
  "baseUrl",
  "allowInsecureHttp",
  "fetch",
] as const satisfies (keyof OAuthSessionOptions)[];

/** @throws TypeError for an empty clientId or a missing grant or secret, RangeError for a number out of bounds. */
export function checkSessionOptions(options: OAuthSessionOptions): void {
  checkOptionNames("OAuthSession", options, NAMES);
  const { clientId, clientSecret, grant, refreshAhead, fetch, onTokens, onSaveFailure } = options;
  checkFunctions("OAuthSession: ", { fetch, onTokens, onSaveFailure });
  if (typeof clientId !== "string" || clientId === "") throw new TypeError("OAuthSession needs a clientId");
  if (typeof grant?.fields !== "function") {
    throw new TypeError(
      "OAuthSession needs a grant: passwordGrant(…), authorizationCodeGrant(…) or refreshTokenGrant(…)",
    );
  }
  if (grant.type === "authorization_code" && !clientSecret) {
    throw new TypeError("OAuthSession needs a clientSecret for authorizationCodeGrant");
  }
  checkAmount("refreshAhead", 0, refreshAhead);
}
