import type { OAuthToken } from "../../generated/schema.ts";
import type { Account } from "./accounts.ts";
import type { TimeSource } from "./clock.ts";
import type { Random } from "./random.ts";

/** A sign-in and all tokens that came from it. */
export interface Session {
  readonly account: Account;
  readonly clientId: string;
  /** The requested scopes, with spaces between them, or `read write` for all. */
  readonly scope: string;
  ended: boolean;
}

/** The account and scopes of a token, also of an expired one: requests with it still count to the account. */
export interface KnownToken {
  readonly session: Session;
  expiresAt: number;
  /** True for a token that was replaced by a newer one. */
  used: boolean;
}

/** Angelcam's documentation: a refresh token works within 30 days. */
const REFRESH_TOKEN_LIFETIME = 30 * 86_400;

/** The length of the tokens in the quick start. */
const TOKEN_LENGTH = 30;

/**
 * The tokens of OAuth sessions. A refresh token works once: it returns a new pair and ends all earlier tokens of its session.
 * A second use means that the token has leaked, so the whole session ends.
 */
export class TokenRegistry {
  /** How often a refresh token or a code came that had been used before. */
  reuses = 0;
  readonly #lifetime: number;
  readonly #clock: TimeSource;
  readonly #random: Random;
  readonly #access = new Map<string, KnownToken>();
  readonly #refresh = new Map<string, KnownToken>();
  /** The tokens of a session that were not replaced yet. */
  readonly #newest = new Map<Session, readonly KnownToken[]>();

  constructor(accessTokenLifetime: number, clock: TimeSource, random: Random) {
    this.#lifetime = accessTokenLifetime;
    this.#clock = clock;
    this.#random = random;
  }

  /** Begins a session. */
  signIn(session: Omit<Session, "ended">): { session: Session; tokens: OAuthToken } {
    const begun = { ...session, ended: false };
    return { session: begun, tokens: this.#issue(begun) };
  }

  /** Trades a refresh token for a new pair; undefined when it does not work. */
  refresh(refreshToken: string, clientId: string): OAuthToken | undefined {
    const known = this.#refresh.get(refreshToken);
    if (!known || known.session.clientId !== clientId) return undefined;
    if (known.used) {
      this.reuses++;
      this.end(known.session);
    }
    if (!this.#works(known)) return undefined;
    for (const token of this.#newest.get(known.session) ?? []) token.used = true;
    return this.#issue(known.session);
  }

  /** Ends the session of a token, of either kind; a token that works no more ends nothing. */
  revoke(token: string, clientId: string): void {
    const known = this.#refresh.get(token) ?? this.#access.get(token);
    if (known?.session.clientId === clientId && this.#works(known)) this.end(known.session);
  }

  end(session: Session): void {
    session.ended = true;
  }

  /** Ends every session, as people can do in the dashboard. */
  endSessions(): void {
    for (const session of this.#newest.keys()) session.ended = true;
  }

  /** Every access token that is out stops working now. */
  expireAccessTokens(): void {
    for (const known of this.#access.values()) known.expiresAt = Math.min(known.expiresAt, this.#clock.now());
  }

  /** Every refresh token that is out stops working now. */
  expireRefreshTokens(): void {
    for (const known of this.#refresh.values()) known.expiresAt = Math.min(known.expiresAt, this.#clock.now());
  }

  /** The session of an access token that works. */
  sessionOf(accessToken: string): Session | undefined {
    const known = this.#access.get(accessToken);
    return known && this.#works(known) ? known.session : undefined;
  }

  /** The account that a token of either kind belongs or belonged to. */
  accountOf(token: string): Account | undefined {
    return (this.#access.get(token) ?? this.#refresh.get(token))?.session.account;
  }

  #issue(session: Session): OAuthToken {
    const now = this.#clock.now();
    const access = { session, expiresAt: now + this.#lifetime * 1000, used: false };
    const refresh = { session, expiresAt: now + REFRESH_TOKEN_LIFETIME * 1000, used: false };
    const accessToken = this.#random.text(TOKEN_LENGTH);
    const refreshToken = this.#random.text(TOKEN_LENGTH);
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

  #works({ session, expiresAt, used }: KnownToken): boolean {
    return !session.ended && !session.account.isDeleted && !used && this.#clock.now() < expiresAt;
  }
}
