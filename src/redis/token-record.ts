import type { Tokens } from "../auth/token-store.ts";
import { TokenStoreError } from "../errors/token-store-error.ts";

const FORMAT = "angelcam-client/tokens";

/** Goes up when an older release could no longer read the record. */
const VERSION = 1;

/** Tokens as the text that Redis keeps. */
export function encodeTokens({ accessToken, refreshToken, issuedAt, expiresAt, scope }: Tokens): string {
  const tokens = { accessToken, refreshToken, issuedAt, expiresAt, scope };
  return JSON.stringify({ format: FORMAT, version: VERSION, tokens });
}

/**
 * The tokens in a text that Redis kept.
 *
 * @throws TokenStoreError for anything else. It has no cause: the message of a JSON error quotes the text.
 */
export function decodeTokens(text: string, key: string): Tokens {
  const content = parse(text);
  if (!isRecord(content) || content.format !== FORMAT || (content.version === VERSION && !isTokens(content.tokens))) {
    throw new TokenStoreError(
      `The Redis key ${key} holds something else than tokens of angelcam-client, or they are damaged. Give redisTokenStore another key, or remove this one and sign in again.`,
      false,
    );
  }
  if (!isTokens(content.tokens) || content.version !== VERSION) {
    throw new TokenStoreError(
      `The Redis key ${key} was written by another release of angelcam-client, in a format that this one does not know. Update angelcam-client, or remove the key and sign in again.`,
      false,
    );
  }
  const { accessToken, refreshToken, issuedAt, expiresAt, scope } = content.tokens;
  return { accessToken, refreshToken, issuedAt, expiresAt, scope };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The access token of a session that was revoked is empty. */
function isTokens(value: unknown): value is Tokens {
  return (
    isRecord(value) &&
    typeof value.accessToken === "string" &&
    isTextOrAbsent(value.refreshToken) &&
    isTextOrAbsent(value.scope) &&
    Number.isFinite(value.issuedAt) &&
    Number.isFinite(value.expiresAt)
  );
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
