import type { OAuthToken } from "../../generated/schema.ts";
import type { Account } from "./accounts.ts";
import type { TimeSource } from "./clock.ts";
import { Random } from "./random.ts";

/** Whose token it is, and what for. */
export interface Grant {
  readonly account: Account;
  /** The requested scopes, with spaces between them, or `read write` for all. */
  readonly scope: string;
}

/** A sign-in and all tokens that came from it. */
export interface Session extends Grant {
  readonly clientId: string;
  ended: boolean;
}

/** The session of a token, also of an expired one: requests with it still count to the account. */
interface SessionToken {
  readonly session: Session;
  expiresAt: number;
  /** True for a token that was replaced by a newer one. */
  used: boolean;
}

/** What a user agreed to by giving away a code. */
export interface Consent extends Grant {
  readonly clientId: string;
  readonly redirectUri: string;
}

interface IssuedCode extends Consent {
  readonly expiresAt: number;
  /** The session that was made with it; a second use ends that session (RFC 6749, section 4.1.2). */
  session: Session | undefined;
}

/** Angelcam's documentation: a refresh token works within 30 days. */
const REFRESH_TOKEN_LIFETIME = 30 * 86_400_000;

/** RFC 6749 recommends at most ten minutes. */
const CODE_LIFETIME = 600_000;

/** The length of the tokens in the quick start. */
const TOKEN_LENGTH = 30;

/**
 * Every secret that the sandbox has given out. A refresh token works once: it returns a new pair and ends all earlier tokens
 * of its session. A second use means that the token has leaked, so the whole session ends. Personal access tokens, which
 * people make in the dashboard, never expire.
 */
export class TokenRegistry {
  /** How often a refresh token or a code came that had been used before. */
  reuses = 0;
  readonly #lifetime: number;
  readonly #clock: TimeSource;
  readonly #random: Readonly<Record<"tokens" | "codes" | "personal", Random>>;
  readonly #access = new Map<string, SessionToken>();
  readonly #refresh = new Map<string, SessionToken>();
  readonly #codes = new Map<string, IssuedCode>();
  readonly #personal = new Map<string, Grant>();
  /** The tokens of a session that were not replaced yet. */
  readonly #newest = new Map<Session, readonly SessionToken[]>();

  /** @param accessTokenLifetime In seconds. */
  constructor(accessTokenLifetime: number, clock: TimeSource, seed: string | number) {
    this.#lifetime = accessTokenLifetime;
    this.#clock = clock;
    const random = (kind: string) => new Random(`${seed}/${kind}`);
    this.#random = { tokens: random("tokens"), codes: random("codes"), personal: random("personal-tokens") };
  }

  /** Begins a session. */
  signIn({ account, clientId, scope }: Omit<Session, "ended">): OAuthToken {
    return this.#issue({ account, clientId, scope, ended: false });
  }

  /** Trades a refresh token for a new pair; undefined when it does not work. */
  refresh(refreshToken: string, clientId: string): OAuthToken | undefined {
    const known = this.#refresh.get(refreshToken);
    if (!known || known.session.clientId !== clientId) return undefined;
    if (known.used) this.#endReused(known.session);
    if (!this.#works(known)) return undefined;
    for (const token of this.#newest.get(known.session) ?? []) token.used = true;
    return this.#issue(known.session);
  }

  /** Ends the session of a token, of either kind; a token that works no more ends nothing. */
  revoke(token: string, clientId: string): void {
    const known = this.#refresh.get(token) ?? this.#access.get(token);
    if (known?.session.clientId === clientId && this.#works(known)) known.session.ended = true;
  }

  /** Ends every session, as people can do in the dashboard. */
  endSessions(): void {
    for (const session of this.#newest.keys()) session.ended = true;
  }

  /** Every token of a kind that is out stops working now. */
  expire(kind: "access" | "refresh"): void {
    const tokens = kind === "access" ? this.#access : this.#refresh;
    for (const known of tokens.values()) known.expiresAt = Math.min(known.expiresAt, this.#clock.now());
  }

  issueCode(consent: Consent): string {
    const code = this.#random.codes.text(TOKEN_LENGTH);
    this.#codes.set(code, { ...consent, expiresAt: this.#clock.now() + CODE_LIFETIME, session: undefined });
    return code;
  }

  /** Begins a session with a code; undefined when the code does not work. */
  signInWith(code: string, clientId: string, redirectUri: string | undefined): OAuthToken | undefined {
    const issued = this.#codes.get(code);
    if (!issued || issued.clientId !== clientId) return undefined;
    if (issued.session) this.#endReused(issued.session);
    const works = !issued.session && this.#clock.now() < issued.expiresAt && issued.redirectUri === redirectUri;
    if (!works) return undefined;
    const { account, scope } = issued;
    issued.session = { account, clientId, scope, ended: false };
    return this.#issue(issued.session);
  }

  issuePersonal(grant: Grant): string {
    const token = this.#random.personal.hexadecimal(40);
    this.#personal.set(token, grant);
    return token;
  }

  revokePersonal(token: string): boolean {
    return this.#personal.delete(token);
  }

  personal(token: string): Grant | undefined {
    return this.#personal.get(token);
  }

  /** The session of an access token that works. */
  sessionOf(accessToken: string): Session | undefined {
    const known = this.#access.get(accessToken);
    return known && this.#works(known) ? known.session : undefined;
  }

  /** The account that a token of a session or a code belongs or belonged to. */
  accountOf(secret: string): Account | undefined {
    return (this.#access.get(secret) ?? this.#refresh.get(secret))?.session.account ?? this.#codes.get(secret)?.account;
  }

  #issue(session: Session): OAuthToken {
    const now = this.#clock.now();
    const access = { session, expiresAt: now + this.#lifetime * 1000, used: false };
    const refresh = { session, expiresAt: now + REFRESH_TOKEN_LIFETIME, used: false };
    const accessToken = this.#random.tokens.text(TOKEN_LENGTH);
    const refreshToken = this.#random.tokens.text(TOKEN_LENGTH);
    this.#access.set(accessToken, access);
    this.#refresh.set(refreshToken, refresh);
    this.#newest.set(session, [access, refresh]);
    return {
      refresh_token: refreshToken,
      scope: session.scope,
      access_token: accessToken,
      expires_in: this.#lifetime,
      token_type: "Bearer",
    };
  }

  #endReused(session: Session): void {
    this.reuses++;
    session.ended = true;
  }

  #works({ session, expiresAt, used }: SessionToken): boolean {
    return !session.ended && !session.account.isDeleted && !used && this.#clock.now() < expiresAt;
  }
}
