import type { OAuthToken } from "../../generated/schema.ts";
import { Random } from "../base/random.ts";
import { DAY } from "../base/time.ts";
import type { Account, SandboxAccount } from "./accounts.ts";
import type { SandboxOptions } from "./options.ts";

/** The account and the scope of a token. */
export interface SandboxTokenOptions {
  /** The first account by default. */
  readonly account?: SandboxAccount;
  /** Scopes with spaces between them; everything by default. */
  readonly scope?: string;
}

/** A user who agrees to a sign-in. */
export interface SandboxAuthorizeOptions extends SandboxTokenOptions {
  /** The redirect address that the token request will name. */
  readonly redirectUri: string;
  /** The first client by default. */
  readonly clientId?: string;
}

/** Tokens and sessions, from the server's side. */
export type SandboxTokens = Pick<
  TokenRegistry,
  | "signIn"
  | "personalAccessToken"
  | "revokePersonalAccessToken"
  | "expireAccessTokens"
  | "expireRefreshTokens"
  | "endSessions"
>;

/** A sign-in and all tokens that came from it. A personal access token has one of its own. */
export interface Session {
  readonly account: Account;
  /** The requested scopes, with spaces between them, or `read write` for all. */
  readonly scope: string;
  /** Undefined for a personal access token, which belongs to no program. */
  readonly clientId: string | undefined;
  /** Where its code leads back to, if it begins with one. */
  readonly redirectUri: string | undefined;
  ended: boolean;
  /** The tokens that were not replaced yet. */
  newest: readonly Issued[];
}

/** A secret that was given out. It is kept when it works no more: requests with it still count to the account. */
interface Issued {
  readonly kind: "access" | "refresh" | "code" | "personal";
  readonly session: Session;
  expiresAt: number;
  /** True for a token that was replaced by a newer one, and for a code that was traded. */
  used: boolean;
}

/** The part of the sandbox that the registry depends on. */
interface TokenRegistryOptions
  extends Required<Pick<SandboxOptions, "accessTokenLifetime" | "clients" | "clock" | "seed">> {
  readonly accounts: readonly Account[];
}

/** The scopes of a token that was requested without any; it may do everything. */
export const EVERYTHING = "read write";

/** Angelcam's documentation: a refresh token works within 30 days. */
const REFRESH_TOKEN_LIFETIME = 30 * DAY;

/** RFC 6749 recommends at most ten minutes. */
const CODE_LIFETIME = 600_000;

/** The length of the tokens in the quick start. */
const TOKEN_LENGTH = 30;

/**
 * Every secret that the sandbox has given out. A refresh token works once: it returns a new pair and ends all earlier tokens
 * of its session. A second use means that the token has leaked, so the whole session ends; a code as well (RFC 6749,
 * section 4.1.2).
 */
export class TokenRegistry {
  /** How often a refresh token or a code came that had been used before. */
  reuses = 0;
  readonly #options: TokenRegistryOptions;
  readonly #random: Readonly<Record<Issued["kind"], Random>>;
  readonly #issued = new Map<string, Issued>();

  constructor(options: TokenRegistryOptions) {
    this.#options = options;
    const random = (kind: string) => new Random(`${options.seed}/${kind}`);
    const tokens = random("tokens");
    this.#random = { access: tokens, refresh: tokens, code: random("codes"), personal: random("personal-tokens") };
  }

  /** Signs in without a request, as if it had happened before. */
  signIn(options: SandboxTokenOptions & { readonly clientId?: string } = {}): OAuthToken {
    return this.#issuePair(this.#begin(options));
  }

  /** Makes a personal access token, as people do in the dashboard. It never expires. */
  personalAccessToken(options: SandboxTokenOptions = {}): string {
    return this.#issue("personal", { ...this.#begin(options), clientId: undefined }, Number.POSITIVE_INFINITY);
  }

  /** Takes a personal access token back; false if there is none like it. */
  revokePersonalAccessToken(token: string): boolean {
    return this.#issued.get(token)?.kind === "personal" && this.#issued.delete(token);
  }

  /** Every access token that is out stops working now. */
  expireAccessTokens(): void {
    this.#expire("access");
  }

  /** Every refresh token that is out stops working now. */
  expireRefreshTokens(): void {
    this.#expire("refresh");
  }

  /** Ends every session, as people can in the dashboard. */
  endSessions(): void {
    for (const { kind, session } of this.#issued.values()) if (kind === "refresh") session.ended = true;
  }

  /** A user agrees to a sign-in. The code works once, within ten minutes. */
  issueCode(options: SandboxAuthorizeOptions): string {
    return this.#issue("code", this.#begin(options), CODE_LIFETIME);
  }

  /** Trades a refresh token or a code for new tokens, which replace all of its session; undefined when it does not work. */
  trade(kind: "refresh" | "code", secret: string, clientId: string, redirectUri?: string): OAuthToken | undefined {
    const issued = this.#find(kind, secret, clientId);
    if (!issued) return undefined;
    const { session, used } = issued;
    if (used) {
      this.reuses++;
      session.ended = true;
    }
    if (!this.#works(issued) || (kind === "code" && session.redirectUri !== redirectUri)) return undefined;
    for (const one of session.newest) one.used = true;
    return this.#issuePair(session);
  }

  /** Ends the session of a token, of either kind; a token that works no more ends nothing. */
  revoke(token: string, clientId: string): void {
    const issued = this.#find("refresh", token, clientId) ?? this.#find("access", token, clientId);
    if (issued && this.#works(issued)) issued.session.ended = true;
  }

  /** The session of a token that works. */
  sessionOf(kind: "access" | "personal", token: string): Session | undefined {
    const issued = this.#issued.get(token);
    return issued?.kind === kind && this.#works(issued) ? issued.session : undefined;
  }

  /** The account that a secret belongs or belonged to: a personal access token, or else a token of a session or a code. */
  accountOf(secret: string, isPersonal = false): Account | undefined {
    const issued = this.#issued.get(secret);
    return (issued?.kind === "personal") === isPersonal ? issued?.session.account : undefined;
  }

  /** @throws RangeError for an account of another sandbox. */
  #begin({ account: wanted, scope = EVERYTHING, clientId, redirectUri }: Partial<SandboxAuthorizeOptions>): Session {
    const { accounts, clients } = this.#options;
    const account = wanted ? accounts.find((candidate) => candidate === wanted) : accounts[0];
    if (!account) throw new RangeError("This account is not one of sandbox.accounts");
    return { account, scope, clientId: clientId ?? clients[0]?.clientId, redirectUri, ended: false, newest: [] };
  }

  #issue(kind: Issued["kind"], session: Session, lifetime: number): string {
    const random = this.#random[kind];
    const secret = kind === "personal" ? random.hexadecimal(40) : random.text(TOKEN_LENGTH);
    const issued = { kind, session, expiresAt: this.#options.clock.now() + lifetime, used: false };
    this.#issued.set(secret, issued);
    session.newest = [...session.newest, issued];
    return secret;
  }

  #issuePair(session: Session): OAuthToken {
    const { accessTokenLifetime } = this.#options;
    session.newest = [];
    const access_token = this.#issue("access", session, accessTokenLifetime * 1000);
    const refresh_token = this.#issue("refresh", session, REFRESH_TOKEN_LIFETIME);
    return { refresh_token, scope: session.scope, access_token, expires_in: accessTokenLifetime, token_type: "Bearer" };
  }

  #expire(kind: Issued["kind"]): void {
    const now = this.#options.clock.now();
    for (const issued of this.#issued.values()) {
      if (issued.kind === kind) issued.expiresAt = Math.min(issued.expiresAt, now);
    }
  }

  #find(kind: Issued["kind"], secret: string, clientId: string): Issued | undefined {
    const issued = this.#issued.get(secret);
    return issued?.kind === kind && issued.session.clientId === clientId ? issued : undefined;
  }

  #works({ session, expiresAt, used }: Issued): boolean {
    return !session.ended && !session.account.isDeleted && !used && this.#options.clock.now() < expiresAt;
  }
}
