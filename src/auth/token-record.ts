import { isToken } from "./token-response.ts";
import type { Tokens } from "./token-store.ts";

const FORMAT = "angelcam-client/tokens";

/** Goes up when an older release could no longer read the record. */
const VERSION = 1;

/** Why a text that should hold tokens does not. */
export type UnreadableRecord = "foreign" | "other-release" | "damaged";

/** Tokens as text, for stores outside of the process. */
export function encodeTokens(tokens: Tokens): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, tokens: pickTokens(tokens) }, undefined, 2)}\n`;
}

/** The tokens in such a text, or what it is instead. It throws nothing: the message of a JSON error would quote the text. */
export function decodeTokens(text: string): Tokens | UnreadableRecord {
  const content = parse(text);
  if (!isRecord(content) || content.format !== FORMAT) return "foreign";
  if (content.version !== VERSION) return "other-release";
  if (!isTokens(content.tokens)) return "damaged";
  return pickTokens(content.tokens);
}

/** True for tokens that a store may have kept. The access token of a revoked session is empty. */
export function isTokens(value: unknown): value is Tokens {
  return (
    isRecord(value) &&
    (value.accessToken === "" || isToken(value.accessToken)) &&
    (value.refreshToken === undefined || value.refreshToken === "" || isToken(value.refreshToken)) &&
    isTextOrAbsent(value.scope) &&
    isTextOrAbsent(value.grant) &&
    Number.isFinite(value.issuedAt) &&
    Number.isFinite(value.expiresAt)
  );
}

function pickTokens({ accessToken, refreshToken, issuedAt, expiresAt, scope, grant }: Tokens): Tokens {
  return { accessToken, refreshToken, issuedAt, expiresAt, scope, ...(grant === undefined ? {} : { grant }) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
