import { decodeTokens, encodeTokens, type UnreadableRecord } from "../auth/token-record.ts";
import type { Tokens } from "../auth/token-store.ts";
import { TokenStoreError } from "../errors/client-errors.ts";

export { encodeTokens };

const PROBLEMS: Readonly<Record<UnreadableRecord, string>> = {
  foreign:
    "is not a token file of angelcam-client, or it is damaged. Give fileTokenStore another path, or move this file away and sign in again.",
  "other-release":
    "was written by another release of angelcam-client, in a format that this one does not know. Update angelcam-client, or move the file away and sign in again.",
  damaged: "is a token file of angelcam-client, but its tokens are damaged. Move it away and sign in again.",
};

/**
 * The tokens in the text of a token file.
 *
 * @throws TokenStoreError for anything else.
 */
export function readTokens(text: string, path: string): Tokens {
  const tokens = decodeTokens(text);
  if (typeof tokens !== "string") return tokens;
  throw new TokenStoreError(`${path} ${PROBLEMS[tokens]}`, false);
}
