import type { Tokens } from "../auth/token-store.ts";
import { TokenStoreError } from "../errors/token-store-error.ts";

const FORMAT = "angelcam-client/tokens";

/** Goes up when an older release could no longer read the file. */
const VERSION = 1;

/** The text of a token file. */
export function encodeTokens({ accessToken, refreshToken, issuedAt, expiresAt, scope }: Tokens): string {
  const tokens = { accessToken, refreshToken, issuedAt, expiresAt, scope };
  return `${JSON.stringify({ format: FORMAT, version: VERSION, tokens }, undefined, 2)}\n`;
}

/**
 * The tokens in the text of a token file.
 *
 * @throws TokenStoreError for anything else. It has no cause: the message of a JSON error quotes the text.
 */
export function decodeTokens(text: string, path: string): Tokens {
  const content = parse(text);
  if (!isRecord(content) || content.format !== FORMAT) {
    throw new TokenStoreError(
      `${path} is not a token file of angelcam-client, or it is damaged. Give fileTokenStore another path, or move this file away and sign in again.`,
      false,
    );
  }
  if (content.version !== VERSION) {
    throw new TokenStoreError(
      `${path} was written by another release of angelcam-client, in a format that this one does not know. Update angelcam-client, or move the file away and sign in again.`,
      false,
    );
  }
  if (!isTokens(content.tokens)) {
    throw new TokenStoreError(
      `${path} is a token file of angelcam-client, but its tokens are damaged. Move it away and sign in again.`,
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
  return value === undefined || (typeof value === "string" && value !== "");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
