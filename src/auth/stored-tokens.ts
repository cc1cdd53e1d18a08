import { TokenStoreError } from "../errors/client-errors.ts";
import { cleanError } from "../errors/redact.ts";
import { isTokens } from "./token-record.ts";
import type { Tokens } from "./token-store.ts";

/** Codes of a file system on which nothing can be written until a person has helped. */
const CANNOT_BE_WRITTEN: readonly unknown[] = ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM"];

/** Causes of causes that are looked at. */
const DEEPEST = 5;

/**
 * Checks what a store has read. A database may give null for what is undefined, and a number or a date as text.
 *
 * @throws TokenStoreError for anything else than tokens; the message shows nothing of it.
 */
export function checkStored(value: unknown): Tokens | undefined {
  if (value === undefined || value === null) return undefined;
  const { accessToken, refreshToken, issuedAt, expiresAt, scope, grant } = Object(value) as Record<string, unknown>;
  const tokens = {
    accessToken,
    refreshToken: refreshToken ?? undefined,
    issuedAt: timeFrom(issuedAt),
    expiresAt: timeFrom(expiresAt),
    scope: scope ?? undefined,
    ...(typeof grant === "string" ? { grant } : {}),
  };
  if (isTokens(tokens)) return tokens;
  throw new TokenStoreError(
    "The token store read something else than tokens: accessToken and refreshToken must be text of printable ASCII characters, issuedAt and expiresAt milliseconds since 1970. Return what write() was given, or undefined.",
    false,
  );
}

/** True for an error of a file system that is full or read-only: waiting for it would not help. */
export function cannotBeWritten(error: unknown): boolean {
  let link = error;
  for (let depth = 0; depth < DEEPEST && link instanceof Error; depth++) {
    if (CANNOT_BE_WRITTEN.includes((link as { code?: unknown }).code)) return true;
    link = link.cause;
  }
  return false;
}

/** The parts of an error that are safe to log: errors of a database may hold the tokens that it was to write. */
export function summarizeError(error: unknown, tokens: Tokens | undefined): ErrorSummary {
  const secrets = [tokens?.accessToken, tokens?.refreshToken].filter((secret) => secret !== undefined);
  const { name, message, code } = cleanError(error, secrets) as Error & { code?: unknown };
  return { name, message, ...(code === undefined ? {} : { code: String(code) }) };
}

/** Name, code and message of an error, without credentials. */
export interface ErrorSummary {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
}

function timeFrom(value: unknown): unknown {
  return typeof value === "string" || typeof value === "bigint" || value instanceof Date ? Number(value) : value;
}
