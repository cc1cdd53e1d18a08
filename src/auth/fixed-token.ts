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
  return { schemes: ["PersonalAccessToken"], authorization: async () => header };
}

/**
 * Signs in with an OAuth access token that somebody else looks after: a fixed one, or a function that is asked for the
 * current one at each request.
 *
 * @throws TypeError for an empty token; what the function throws reaches the caller as it is.
 * @example
 * ```ts
 * const angelcam = new Angelcam({ auth: bearerToken(async () => readTokenFromVault()) });
 * ```
 */
export function bearerToken(token: string | (() => string | Promise<string>)): Auth {
  const read = typeof token === "function" ? token : () => token;
  if (typeof token !== "function") checkToken("bearerToken", token);
  return {
    schemes: ["OAuth2", "BearerToken"],
    authorization: async () => `Bearer ${checkToken("bearerToken", await read())}`,
  };
}

function checkToken(name: string, token: unknown): string {
  if (typeof token !== "string" || token.trim() === "") throw new TypeError(`${name} needs a token that is not empty`);
  // A header cannot hold anything else; the value itself is a secret and stays out of the message.
  if (/[^\x21-\x7e]/.test(token)) {
    throw new TypeError(
      `${name} needs the bare token in ASCII: leave out "Bearer", "PersonalAccessToken", blanks and line breaks`,
    );
  }
  return token;
}
