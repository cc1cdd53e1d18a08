import type { Tokens } from "./token-store.ts";

const FORMAT = "angelcam-client/tokens";

/** Goes up when an older release could no longer read the record. */
const VERSION = 1;

/** What a text that should hold tokens is, where it does not. */
export type UnreadableRecord = "foreign" | "other-release" | "damaged";

/** Tokens as text, for stores outside of the process. */
export function encodeTokens({ accessToken, refreshToken, issuedAt, expiresAt, scope }: Tokens): string {
  const tokens = { accessToken, refreshToken, issuedAt, expiresAt, scope };
  return `${JSON.stringify({ format: FORMAT, version: VERSION, tokens }, undefined, 2)}\n`;
}

/**
 * The tokens in such a text, or what it is instead. It throws nothing: the message of a JSON error would quote the text.
 */
export function decodeTokens(text: string): Tokens | UnreadableRecord {
  const content = parse(text);
  if (!isRecord(content) || content.format !== FORMAT) return "foreign";
  if (content.version !== VERSION) return "other-release";
  if (!isTokens(content.tokens)) return "damaged";
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

/** The access token of a session that was revoked is empty, and so may be the scope that a server names. */
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
