import { isToken } from "./token-response.ts";
import type { Tokens } from "./token-store.ts";

const FORMAT = "angelcam-client/tokens";

/** Goes up when an older release could no longer read the record. */
const VERSION = 1;

/** Why a text that should hold tokens does not. */
export type UnreadableRecord = "foreign" | "other-release" | "damaged";

/**
 * Tokens as text, for stores outside of the process.
 *
 * @throws TypeError for what `decodeTokens` would not take back: it would replace good tokens. No value is shown.
 */
export function encodeTokens(tokens: Tokens): string {
  if (!isTokens(tokens)) {
    throw new TypeError(
      "The tokens to write are invalid, so the ones before were left as they are: accessToken must be a string without spaces, issuedAt and expiresAt must be finite numbers, and refreshToken, scope and grant strings or undefined",
    );
  }
  return `${JSON.stringify({ format: FORMAT, version: VERSION, tokens: pickTokens(tokens) }, undefined, 2)}\n`;
}

/** The tokens in such a text, or what it is instead. It throws nothing: the message of a JSON error would quote the text. */
export function decodeTokens(text: string): Tokens | UnreadableRecord {
  const { format, version, tokens } = Object(parse(text)) as Record<string, unknown>;
  if (format !== FORMAT) return "foreign";
  if (version !== VERSION) return "other-release";
  if (!isTokens(tokens)) return "damaged";
  return pickTokens(tokens);
}

/** True for tokens that a store may have kept. The access token of a revoked session is empty. */
export function isTokens(value: unknown): value is Tokens {
  const { accessToken, refreshToken, issuedAt, expiresAt, scope, grant } = Object(value) as Record<string, unknown>;
  return (
    (accessToken === "" || isToken(accessToken)) &&
    (refreshToken === undefined || refreshToken === "" || isToken(refreshToken)) &&
    isTextOrAbsent(scope) &&
    isTextOrAbsent(grant) &&
    Number.isFinite(issuedAt) &&
    Number.isFinite(expiresAt)
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
