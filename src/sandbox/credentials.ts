import type { Account } from "./accounts.ts";
import { scopes as knownScopes } from "./document.ts";
import type { Form } from "./route-table.ts";
import type { State } from "./state.ts";
import { EVERYTHING, type Session } from "./tokens.ts";

/** The credential of a request: its account, and what it may do. */
export interface Credential {
  /** Undefined for a password. */
  readonly secret: string | undefined;
  /** True for a personal access token. */
  readonly isPersonal: boolean;
  /** The account that the request counts to; also with a token that works no more. */
  readonly account: Account | undefined;
  /** The session of the token, or undefined when it does not work. */
  readonly session: Session | undefined;
}

/** The tokens of each scheme. */
const KINDS = new Map([
  ["bearer", "access"],
  ["personalaccesstoken", "personal"],
] as const);

/** Reads an `Authorization` header; undefined where there is none. */
export function readCredential(header: string | null, { tokens }: State): Credential | undefined {
  if (header === null) return undefined;
  const [scheme = "", ...words] = header.trim().split(/\s+/);
  const secret = words.join(" ");
  const kind = KINDS.get(scheme.toLowerCase() as "bearer");
  const isPersonal = kind === "personal";
  const account = kind && tokens.accountOf(secret, isPersonal);
  return { secret, isPersonal, account, session: kind && tokens.sessionOf(kind, secret) };
}

/** Reads the form of a request that trades or takes back a credential: such a request counts to the account as well. */
export function readForm({ grant_type, username, ...form }: Form, { accounts, tokens }: State): Credential {
  const isPassword = grant_type === "password";
  const secret = isPassword ? undefined : (form.code ?? form.refresh_token ?? form.token);
  const user = accounts.find((account) => isPassword && account.username === username);
  return { secret, isPersonal: false, account: user ?? tokens.accountOf(secret ?? ""), session: undefined };
}

const OLD_NAMES = new Set(EVERYTHING.split(" "));

/** True when each word is a scope that may be requested. */
export function mayAskFor(scope: string, allowed: readonly string[] | undefined): boolean {
  const mayAsk = (word: string) => knownScopes.has(word) && (allowed?.includes(word) ?? true);
  return words(scope).every((word) => OLD_NAMES.has(word) || mayAsk(word));
}

/** True when a token with this scope may do what needs the others. */
export function covers(scope: string, needed: readonly string[]): boolean {
  const granted = words(scope);
  return granted.some((word) => OLD_NAMES.has(word)) || needed.every((word) => granted.includes(word));
}

function words(scope: string): string[] {
  return scope.split(" ").filter(Boolean);
}
