import { throwIfAborted, waitUnlessAborted } from "../base/abort.ts";
import { checkBaseUrl } from "../base/base-url.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { callListener } from "../errors/call-listener.ts";
import type { Auth, RejectedCredential, TokenClient } from "./auth.ts";
import { isWithinRefresh } from "./refresh-context.ts";
import { RejectionMemory } from "./rejection-memory.ts";
import { Revocation } from "./revocation.ts";
import { notSignedIn, revoked, sessionEnded } from "./session-errors.ts";
import { checkSessionOptions, type OAuthSessionOptions, sessionDefaults } from "./session-options.ts";
import { SharedRefresh } from "./shared-refresh.ts";
import { summarizeError } from "./stored-tokens.ts";
import { TokenCache } from "./token-cache.ts";
import { TokenRefresh, type TokenRefreshSettings } from "./token-refresh.ts";
import { memoryTokenStore, type Tokens } from "./token-store.ts";

/** Milliseconds without a further try when a refresh ahead of expiry has failed; the old token still works meanwhile. */
const PAUSE_AFTER_FAILURE = 30_000;

const SCHEMES = ["OAuth2", "BearerToken"] as const;

/**
 * An OAuth session that refreshes its own tokens. Hand it to one client, or to several of the same account: the first of them
 * sends the token requests, under its quota, and its `onEvent` receives `refresh` and `token_save_failed`.
 *
 * A refresh token works once. So one refresh runs at a time, and new tokens are saved before they are used. Only an
 * `invalid_grant` of the server ends a session: after an outage of any kind the next call gets its token by itself.
 *
 * @example
 * ```ts
 * const session = new OAuthSession({ clientId, grant: passwordGrant({ username, password }) });
 * const angelcam = new Angelcam({ auth: session });
 * ```
 */
export class OAuthSession implements Auth {
  readonly schemes = SCHEMES;
  readonly #refreshAhead: number;
  readonly #cache: TokenCache;
  readonly #settings: TokenRefreshSettings;
  readonly #refresh: TokenRefresh;
  // A service holds thousands of sessions, most of which have a token that lives: these two are made when they are needed.
  #sharedRefresh: SharedRefresh | undefined;
  #revocation: Revocation | undefined;
  readonly #rejections = new RejectionMemory();
  #host: TokenClient | undefined;
  #noRefreshBefore = 0;

  /** @throws TypeError for an empty clientId, a code grant without clientSecret, or a baseUrl that is not https. */
  constructor(options: OAuthSessionOptions) {
    checkSessionOptions(options);
    const { clientId, clientSecret, grant, baseUrl, fetch, refreshAhead = sessionDefaults.refreshAhead } = options;
    const program = { client_id: clientId, client_secret: clientSecret };
    const route = { baseUrl: checkBaseUrl(baseUrl, options.allowInsecureHttp), fetch };
    this.#refreshAhead = refreshAhead;
    const { store = memoryTokenStore(), onTokens, onSaveFailure } = options;
    this.#cache = new TokenCache({
      store,
      onTokens,
      onSaveFailure: (error, tokens) => {
        const summary = summarizeError(error, tokens);
        this.#host?.emit?.({ type: "token_save_failed", error: summary });
        if (onSaveFailure) callListener("onSaveFailure", () => onSaveFailure(error));
        else console.error("angelcam-client: new tokens could not be saved; they are kept in memory.", summary);
      },
      clock: () => this.#clock(),
    });
    const isUsable = (tokens: Tokens | undefined) => this.#isUsable(tokens);
    this.#settings = { cache: this.#cache, grant, program, route, isUsable };
    this.#refresh = new TokenRefresh(this.#settings);
  }

  /** @internal A Vue proxy of it would lack its private fields; Vue makes proxies of plain objects alone. */
  get [Symbol.toStringTag](): string {
    return "OAuthSession";
  }

  /** @internal */
  bind(host: TokenClient): void {
    this.#host ??= host;
  }

  /** @internal */
  tryAuthorization(): string | undefined {
    if (this.#isWithinRefresh()) return bearer(this.#cache.incoming ?? this.#cache.current);
    return this.#revocation?.isRevoked || !this.#isUsable(this.#cache.current) ? undefined : this.#takeCurrent();
  }

  /**
   * The `Authorization` header of the next request, after signing in or refreshing the tokens where that is due.
   *
   * @param signal Ends the wait; a refresh that other callers share goes on.
   */
  async authorization(signal?: AbortSignal): Promise<string> {
    throwIfAborted(signal);
    const atHand = this.tryAuthorization();
    if (atHand !== undefined) return atHand;
    await this.#refreshWhereDue(signal);
    return this.#takeCurrent();
  }

  /**
   * Replaces the tokens now, ahead of their expiry, or because the server rejected the access token. While it runs, and
   * when it fails, calls go on with the token at hand for as long as that works.
   *
   * @param options.rejected The `Authorization` header that the server rejected; without it the tokens are replaced in
   * any case, those of the store where none are at hand.
   * @param options.signal Ends the wait; a refresh that other callers share goes on.
   * @returns `refreshed` for tokens that the server issued to this session, `shared` for tokens that another session
   * left in the store, undefined when there is no newer token.
   * @throws OAuthError when the session has ended, ConnectionError and its like when the server was not reached.
   */
  async refresh(options: Partial<RejectedCredential> = {}): Promise<"refreshed" | "shared" | undefined> {
    const { rejected, again, signal } = options;
    const token = rejected?.replace(/^Bearer /, "");
    throwIfAborted(signal);
    if (this.#isWithinRefresh()) return this.#cache.incoming?.accessToken === token ? undefined : this.#source();
    if (token === undefined) await this.#refreshWith((shared, host) => shared.replace(host, signal));
    else if (this.#cache.current?.accessToken === token) await this.#replaceRejected(token, again, signal);
    return this.#cache.current?.accessToken === token ? undefined : this.#source();
  }

  /**
   * Signs out: Angelcam forgets the refresh token, and the store is emptied. The session is over; for the next sign-in
   * make a new one. No refresh begins meanwhile.
   *
   * @param options.signal Ends the wait.
   * @throws ConnectionError and its like when the server was not reached; then the session goes on. TokenStoreError when the
   * store or `onTokens` did not take the empty tokens: the session is over all the same, and another call tries that again.
   */
  async revoke({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
    throwIfAborted(signal);
    this.#revocation ??= new Revocation({ ...this.#settings, isOutdated: this.#refresh.isOutdated });
    const running = this.#revocation.run(this.#hosted(), signal);
    this.#sharedRefresh?.abort(revoked());
    await waitUnlessAborted(running, signal);
  }

  /** A refresh that was of no use lately is not repeated; another session may have left a newer token in the store. */
  async #replaceRejected(token: string, again: boolean | undefined, signal: AbortSignal | undefined): Promise<void> {
    const now = this.#clock().monotonic();
    if (again) this.#rejections.addFailedRefresh(token, now);
    if (this.#rejections.mayRefresh(token, now)) {
      this.#rejections.rejected = token;
      await this.#refreshWhereDue(signal);
    } else await this.#cache.look(this.#refresh.isOutdated, signal).catch(() => {});
  }

  /** Ahead of expiry a failure costs nothing yet: the token at hand works until its end. */
  async #refreshWhereDue(signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.#refreshWith((shared, host) => shared.join(host, signal));
    } catch (error) {
      if (signal?.aborted || !this.#isAlive(this.#cache.current)) throw error;
      this.#noRefreshBefore = this.#clock().monotonic() + PAUSE_AFTER_FAILURE;
    }
  }

  async #refreshWith(start: (shared: SharedRefresh, host: TokenClient) => Promise<void>): Promise<void> {
    this.#sharedRefresh ??= new SharedRefresh({
      cache: this.#cache,
      refresh: this.#refresh,
      mayBegin: () => !this.#revocation?.hasBegun,
    });
    await start(this.#sharedRefresh, this.#hosted());
    this.#rejections.noteCurrent(this.#cache.current?.accessToken, this.#clock().monotonic());
  }

  /** The header of the current token, which is saved in the background where that has failed before. */
  #takeCurrent(): string {
    if (this.#revocation?.isRevoked) throw revoked();
    if (this.#cache.isUnsaved) void this.#cache.retrySave(this.#refresh.isOutdated);
    return bearer(this.#cache.current);
  }

  /** Where the current tokens came from. */
  #source(): "refreshed" | "shared" | undefined {
    const tokens = this.#cache.incoming ?? this.#cache.current;
    if (!tokens) return undefined;
    return tokens.accessToken === this.#refresh.issued ? "refreshed" : "shared";
  }

  /** True for a call from the store or `onTokens` of the refresh that is under way. */
  #isWithinRefresh(): boolean {
    return isWithinRefresh(this.#cache, this.#cache.incoming !== undefined);
  }

  /** True while there is no reason to refresh the tokens. */
  #isUsable(tokens: Tokens | undefined): boolean {
    if (!tokens || !this.#isAlive(tokens)) return false;
    if (this.#refresh.isInDoubt(tokens)) return true;
    const ahead = Math.min(this.#refreshAhead, (tokens.expiresAt - tokens.issuedAt) / 2);
    return this.#now() < tokens.expiresAt - ahead || this.#clock().monotonic() < this.#noRefreshBefore;
  }

  /** True while the access token works, as far as this session knows. */
  #isAlive(tokens: Tokens | undefined): boolean {
    if (!tokens?.accessToken || tokens.accessToken === this.#rejections.rejected) return false;
    return this.#now() < tokens.expiresAt;
  }

  /** The wall clock, as the server has corrected it. */
  #now(): number {
    return this.#clock().now() + this.#refresh.clockOffset;
  }

  #clock(): Clock {
    return this.#host?.clock ?? systemClock;
  }

  #hosted(): TokenClient {
    if (this.#host) return this.#host;
    throw new TypeError(
      "OAuthSession: hand the session to a client before it is used, new Angelcam({ auth: session })",
    );
  }
}

function bearer(tokens: Tokens | undefined): string {
  if (!tokens) throw notSignedIn();
  if (!tokens.accessToken) throw sessionEnded("No token is left.");
  return `Bearer ${tokens.accessToken}`;
}
