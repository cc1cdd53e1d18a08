import { decodeTokens, encodeTokens, type UnreadableRecord } from "../auth/token-record.ts";
import type { Tokens } from "../auth/token-store.ts";
import { TokenStoreError } from "../errors/client-errors.ts";

export { encodeTokens };

const FOREIGN =
  "holds something else than tokens of angelcam-client, or they are damaged. Give redisTokenStore another key, or remove this one and sign in again.";

const PROBLEMS: Readonly<Record<UnreadableRecord, string>> = {
  foreign: FOREIGN,
  "other-release":
    "was written by another release of angelcam-client, in a format that this one does not know. Update angelcam-client, or remove the key and sign in again.",
  damaged: FOREIGN,
};

/**
 * The tokens in a text that Redis kept.
 *
 * @throws TokenStoreError for anything else.
 */
export function readTokens(text: string, key: string): Tokens {
  const tokens = decodeTokens(text);
  if (typeof tokens !== "string") return tokens;
  throw new TokenStoreError(`The Redis key ${key} ${PROBLEMS[tokens]}`, false);
}
