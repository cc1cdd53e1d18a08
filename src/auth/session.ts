import { waitUnlessAborted } from "../base/abort.ts";
import { checkBaseUrl } from "../base/base-url.ts";
import { systemClock } from "../base/clock.ts";
import { AngelcamError } from "../errors/angelcam-error.ts";
import type { Auth, TokenClient, TokenForm, TokenRoute } from "./auth.ts";
import type { Grant } from "./grants.ts";
import { isInvalidGrant, outcomeIsUnknown, sessionEnded, sessionInDoubt } from "./session-errors.ts";
import { TokenCache } from "./token-cache.ts";
import { memoryTokenStore, type TokenStore, type Tokens, tokensFrom } from "./token-store.ts";

/** What an `OAuthSession` is made of. */
export interface OAuthSessionOptions {
  /** The id of your program, from Angelcam. */
  clientId: string;
  /** The secret of your program, where the grant needs it. Never in a browser or an app. */
  clientSecret?: string | undefined;
  /** How to sign in. */
  grant: Grant;
  /**
   * Where the tokens are kept between runs, or shared with other processes.
   *
   * @default memoryTokenStore()
   */
  store?: TokenStore | undefined;
  /**
   * Told about new tokens after the store has them; awaited before any call uses them.
   */
  onTokens?: ((next: Tokens, previous: Tokens | undefined) => void | Promise<void>) | undefined;
  /**
   * Told when the store or `onTokens` failed. The tokens stay in memory, are used, and are saved again later.
   *
   * @default console.error
   */
  onSaveFailure?: ((error: unknown) => void) | undefined;
  /**
   * Milliseconds before its end at which an access token is renewed; at most half of the token's life.
   *
   * @default 60_000
   */
  refreshAhead?: number | undefined;
  /** Origin of the token endpoint, in place of the one that the client uses. */
  baseUrl?: string | undefined;
  /** `fetch` for the token endpoint, in place of the one that the client uses. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** Defaults of `OAuthSessionOptions`; the README quotes them. */
export const sessionDefaults = { refreshAhead: 60_000 } as const;

/** Milliseconds without a further try when a renewal ahead of time has failed; the old token still works meanwhile. */
const PAUSE_AFTER_FAILURE = 30_000;

type Obtained = "shared" | "refreshed" | "signed_in";

/**
 * An account that is signed in by OAuth and stays so. Hand it to one client, or to several of the same account.
 *
 * A refresh token works once, and using it twice can end the session at Angelcam. So one renewal runs at a time, new
 * tokens are saved before they are used, and a token whose use has an unknown outcome is not used again.
 *
 * @example
 * ```ts
 * const session = new OAuthSession({ clientId, grant: passwordGrant({ username, password }) });
 * const angelcam = new Angelcam({ auth: session });
 * ```
 */
export class OAuthSession implements Auth {
  readonly schemes = ["OAuth2", "BearerToken"] as const;
  readonly #client: TokenForm;
  readonly #grant: Grant;
  readonly #route: TokenRoute;
  readonly #refreshAhead: number;
  readonly #vault: TokenCache;
  /** Refresh tokens that were sent, codes included. Each is a credential that works no more, or may not. */
  readonly #spent = new Set<string>();
  #host: TokenClient | undefined;
  #renewal: Promise<void> | undefined;
  /** The access token that the server has refused. */
  #rejected: string | undefined;
  /** The access token that the server issued to this very session last. */
  #issued: string | undefined;
  #quietUntil = 0;
  /** Why nobody knows what became of the last credential that works only once. */
  #inDoubt: unknown;
  #lastRefusal: unknown;
  #revoked = false;

  /** @throws TypeError for an empty clientId, a code grant without clientSecret, or a baseUrl that is not https. */
  constructor(options: OAuthSessionOptions) {
    const { clientId, clientSecret, grant, baseUrl, fetch, refreshAhead = sessionDefaults.refreshAhead } = options;
    if (typeof clientId !== "string" || clientId === "") throw new TypeError("OAuthSession needs a clientId");
    if (typeof grant?.fields !== "function") {
      throw new TypeError(
        "OAuthSession needs a grant: passwordGrant(…), authorizationCodeGrant(…) or refreshTokenGrant(…)",
      );
    }
    if (grant.type === "authorization_code" && !clientSecret) {
      throw new TypeError("OAuthSession needs a clientSecret for authorizationCodeGrant");
    }
    if (!(refreshAhead >= 0))
      throw new RangeError(`refreshAhead must be a number of milliseconds from 0 up, got ${refreshAhead}`);
    this.#client = { client_id: clientId, client_secret: clientSecret };
    this.#grant = grant;
    this.#route = { baseUrl: checkBaseUrl(baseUrl), fetch };
    this.#refreshAhead = refreshAhead;
    const { store = memoryTokenStore(), onTokens, onSaveFailure = showSaveFailure } = options;
    this.#vault = new TokenCache(store, onTokens, (error) => {
      this.#host?.emit?.({ type: "token_save_failed", error });
      onSaveFailure(error);
    });
  }

  /** @internal */
  bind(host: TokenClient): void {
    this.#host ??= host;
  }

  /** @internal */
  isReady(): boolean {
    return !this.#revoked && this.#isUsable(this.#vault.current);
  }

  /** The `Authorization` header of the next request, after signing in or renewing the tokens where that is due. */
  async authorization(signal?: AbortSignal): Promise<string> {
    if (!this.isReady()) await waitUnlessAborted(this.#renewWhereDue(), signal);
    const tokens = this.#vault.current;
    if (!tokens) throw sessionEnded("No token is left.");
    this.#vault.retrySave(this.#host?.clock);
    return `Bearer ${tokens.accessToken}`;
  }

  /**
   * Replaces the tokens now, ahead of their expiry, or because the server rejected the access token. While it runs, and
   * when it fails, calls go on with the token at hand for as long as that works.
   *
   * @param options.rejected The `Authorization` header that the server rejected; without it the tokens are replaced in
   * any case.
   * @param options.signal Ends the wait; a refresh that has begun goes on.
   * @returns `refreshed` for tokens that the server issued to this session, `shared` for tokens that another session
   * left in the store, undefined when there is no newer token.
   * @throws OAuthError when the session has ended, ConnectionError and its like when the server was not reached.
   */
  async refresh({
    rejected,
    signal,
  }: {
    rejected?: string | undefined;
    signal?: AbortSignal | undefined;
  } = {}): Promise<"refreshed" | "shared" | undefined> {
    if (rejected === undefined) {
      const { refreshToken, accessToken } = this.#vault.current ?? {};
      if (refreshToken && !this.#renewal) this.#spent.delete(refreshToken);
      await waitUnlessAborted(this.#renew(accessToken), signal);
    }
    const token = rejected?.replace(/^Bearer /, "");
    if (token !== undefined && this.#vault.current?.accessToken === token) {
      this.#rejected = token;
      await waitUnlessAborted(this.#renewWhereDue(), signal);
    }
    const { current } = this.#vault;
    if (current?.accessToken === token) return undefined;
    return current?.accessToken === this.#issued ? "refreshed" : "shared";
  }

  /**
   * Signs out: Angelcam forgets the refresh token, and the store is emptied. The session is over; for the next sign-in
   * make a new one.
   *
   * @throws ConnectionError and its like when the server was not reached; then the session goes on.
   */
  async revoke(): Promise<void> {
    await this.#renewal?.catch(() => {});
    const { clock } = this.#hosted();
    await this.#vault.lock(async () => {
      const tokens = await this.#vault.load();
      if (tokens?.refreshToken) {
        await this.#hosted().revokeToken({ ...this.#client, token: tokens.refreshToken }, this.#route);
      }
      this.#revoked = true;
      const now = clock.now();
      await this.#vault.save({
        accessToken: "",
        refreshToken: undefined,
        issuedAt: now,
        expiresAt: now,
        scope: undefined,
      });
    });
  }

  /** Ahead of time a failure costs nothing yet: the token at hand works until its end. */
  async #renewWhereDue(): Promise<void> {
    try {
      await this.#renew();
    } catch (error) {
      if (!this.#isAlive(this.#vault.current)) throw error;
      this.#quietUntil = this.#now() + PAUSE_AFTER_FAILURE;
    }
  }

  /**
   * One renewal at a time: everybody who needs a token waits for the same one.
   *
   * @param unwanted An access token that is to be replaced although it works.
   */
  #renew(unwanted?: string): Promise<void> {
    if (this.#revoked) return Promise.reject(sessionEnded("It was revoked by this program."));
    this.#renewal ??= this.#renewOnce(unwanted).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewOnce(unwanted: string | undefined): Promise<void> {
    const { emit } = this.#hosted();
    try {
      const outcome = await this.#vault.lock(() => this.#obtain(unwanted));
      emit?.({ type: "refresh", outcome, error: undefined });
    } catch (error) {
      emit?.({ type: "refresh", outcome: "failed", error: nameOf(error) });
      throw error;
    }
  }

  async #obtain(unwanted: string | undefined): Promise<Obtained> {
    const isWanted = (tokens: Tokens | undefined) => this.#isUsable(tokens) && tokens?.accessToken !== unwanted;
    const tokens = await this.#vault.load();
    if (isWanted(tokens)) return "shared";
    const token = tokens?.refreshToken;
    return (
      (await this.#useRefreshToken(token, isWanted)) ??
      (await this.#useRefreshToken(this.#fieldsOfGrant("refresh_token")?.refresh_token, isWanted)) ??
      (await this.#useCode(this.#fieldsOfGrant("authorization_code"))) ??
      (await this.#usePassword(this.#fieldsOfGrant("password"))) ??
      this.#giveUp()
    );
  }

  /** Gives undefined when there is no token to use, or when the server does not know it and no sibling has a newer one. */
  async #useRefreshToken(
    token: string | undefined,
    isWanted: (tokens: Tokens | undefined) => boolean,
  ): Promise<Obtained | undefined> {
    if (!token || this.#spent.has(token)) return undefined;
    try {
      await this.#spend(token, { grant_type: "refresh_token", refresh_token: token });
      return "refreshed";
    } catch (error) {
      if (!isInvalidGrant(error)) throw error;
      this.#lastRefusal = error;
      const tokens = await this.#vault.load();
      return isWanted(tokens) ? "shared" : this.#useRefreshToken(tokens?.refreshToken, isWanted);
    }
  }

  async #useCode(fields: TokenForm | undefined): Promise<Obtained | undefined> {
    if (!fields?.code || this.#spent.has(fields.code)) return undefined;
    await this.#spend(fields.code, { grant_type: "authorization_code", ...fields });
    return "signed_in";
  }

  async #usePassword(fields: TokenForm | undefined): Promise<Obtained | undefined> {
    if (!fields) return undefined;
    await this.#request({ grant_type: "password", ...fields });
    return "signed_in";
  }

  #giveUp(): never {
    if (this.#inDoubt) throw sessionInDoubt(this.#inDoubt);
    throw sessionEnded("Angelcam does not know its refresh token any more.", this.#lastRefusal);
  }

  /** Sends what works only once. It may be sent again only where it is certain that it has not been used up. */
  async #spend(credential: string, form: TokenForm): Promise<void> {
    this.#spent.add(credential);
    try {
      await this.#request(form);
    } catch (error) {
      if (outcomeIsUnknown(error)) this.#inDoubt = error;
      else if (!isInvalidGrant(error)) this.#spent.delete(credential);
      throw error;
    }
  }

  async #request(form: TokenForm): Promise<void> {
    const { createToken, clock } = this.#hosted();
    const answer = await createToken({ ...this.#client, ...form }, this.#route);
    await this.#vault.save(tokensFrom(answer, clock.now()));
    this.#issued = answer.access_token;
    this.#rejected = undefined;
    this.#inDoubt = undefined;
    this.#lastRefusal = undefined;
  }

  #fieldsOfGrant(type: Grant["type"]): TokenForm | undefined {
    return this.#grant.type === type ? this.#grant.fields() : undefined;
  }

  /** True while there is no reason to renew the tokens. */
  #isUsable(tokens: Tokens | undefined): boolean {
    if (!tokens || !this.#isAlive(tokens)) return false;
    const now = this.#now();
    const ahead = Math.min(this.#refreshAhead, (tokens.expiresAt - tokens.issuedAt) / 2);
    return now < tokens.expiresAt - ahead || now < this.#quietUntil;
  }

  /** True while the access token works, as far as this session knows. */
  #isAlive(tokens: Tokens | undefined): boolean {
    if (!tokens?.accessToken || tokens.accessToken === this.#rejected) return false;
    return this.#now() < tokens.expiresAt;
  }

  #now(): number {
    return (this.#host?.clock ?? systemClock).now();
  }

  #hosted(): TokenClient {
    if (this.#host) return this.#host;
    throw new TypeError(
      "OAuthSession: hand the session to a client before it is used, new Angelcam({ auth: session })",
    );
  }
}

function showSaveFailure(error: unknown): void {
  console.error("angelcam-client: new tokens could not be saved; they are kept in memory.", error);
}

function nameOf(error: unknown): string {
  return error instanceof AngelcamError ? error.code : error instanceof Error ? error.name : "Error";
}
