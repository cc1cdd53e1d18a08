import { parseTime } from "../base/time.ts";
import { TokenStoreError } from "../errors/client-errors.ts";
import { cleanError } from "../errors/redact.ts";
import { isTokens } from "./token-record.ts";
import type { Tokens } from "./token-store.ts";

/** Codes of a file system that is full or read-only: it stays so until a person has helped. */
const NO_ROOM: readonly unknown[] = ["ENOSPC", "EDQUOT", "EROFS"];

/** Codes of a missing right. On Windows it may come back, as a virus scanner closes the file. */
const NO_RIGHT: readonly unknown[] = ["EACCES", "EPERM"];

/** Causes of causes that are looked at. */
const DEEPEST = 5;

/**
 * Checks what a store has read. A database may return null for an undefined field, and for a time a `Date`, or a number or
 * an ISO date as text.
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

/** True for an error of a file system that has no room: trying again at once would not help. */
export function hasNoRoom(error: unknown): boolean {
  return hasCode(error, NO_ROOM);
}

/** True for an error of a file system that has no room, or grants no right to write. */
export function cannotBeWritten(error: unknown): boolean {
  return hasNoRoom(error) || hasCode(error, NO_RIGHT);
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

function hasCode(error: unknown, codes: readonly unknown[]): boolean {
  // The errors of Node are of another realm in Jest, so that they are no instances of the `Error` here.
  let link = Object(error) as { code?: unknown; cause?: unknown };
  for (let depth = 0; depth < DEEPEST; depth++) {
    if (codes.includes(link.code)) return true;
    link = Object(link.cause);
  }
  return false;
}

function timeFrom(value: unknown): unknown {
  if (typeof value === "number") return value;
  const isText = typeof value === "string" || typeof value === "bigint";
  return isText && !Number.isNaN(Number(value)) ? Number(value) : parseTime(value);
}
