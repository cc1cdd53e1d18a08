import { throwIfAborted, waitUnlessAborted } from "../base/abort.ts";
import type { Auth } from "./auth.ts";

/**
 * Signs in with a personal access token, which a person makes in the Angelcam dashboard. It never expires; only its
 * owner can revoke it.
 *
 * @param token The token itself, without the word in front of it.
 * @throws TypeError for an empty token, or one with the header's prefix left on.
 * @example
 * ```ts
 * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
 * ```
 */
export function personalAccessToken(token: string): Auth {
  const header = `PersonalAccessToken ${checkToken("personalAccessToken", token)}`;
  return { schemes: ["PersonalAccessToken"], authorization: async () => header, tryAuthorization: () => header };
}

/**
 * Signs in with an OAuth access token that other code looks after: a fixed one, or a function that returns the current one
 * and is called for each request. The deadline of a call bounds the wait for it.
 *
 * @throws TypeError for an empty token; what the function throws reaches the caller as it is.
 * @example
 * ```ts
 * const angelcam = new Angelcam({ auth: bearerToken(async () => readTokenFromVault()) });
 * ```
 */
export function bearerToken(token: string | (() => string | Promise<string>)): Auth {
  const schemes = ["OAuth2", "BearerToken"] as const;
  if (typeof token !== "function") {
    const header = `Bearer ${checkToken("bearerToken", token)}`;
    return { schemes, authorization: async () => header, tryAuthorization: () => header };
  }
  return {
    schemes,
    authorization: async (signal) => {
      throwIfAborted(signal);
      const current = await waitUnlessAborted(token(), signal);
      return `Bearer ${checkToken("bearerToken", current)}`;
    },
  };
}

function checkToken(name: string, token: unknown): string {
  if (typeof token !== "string" || token.trim() === "")
    throw new TypeError(`${name} needs a token: a non-empty string`);
  // The value is a secret, so the message does not show it.
  if (/[^\x21-\x7e]/.test(token)) {
    throw new TypeError(
      `${name} needs the bare token in ASCII: leave out "Bearer", "PersonalAccessToken", spaces and line breaks`,
    );
  }
  return token;
}
