import { throwIfAborted, waitUnlessAborted } from "../base/abort.ts";
import { checkBaseUrl } from "../base/base-url.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { SharedTask } from "../base/shared-task.ts";
import { callListener } from "../errors/call-listener.ts";
import { TimeoutError } from "../errors/client-errors.ts";
import { codeOf } from "../errors/code-of.ts";
import type { Auth, RejectedCredential, TokenClient, TokenForm, TokenRoute } from "./auth.ts";
import { isWithinRefresh } from "./refresh-context.ts";
import { RejectionMemory } from "./rejection-memory.ts";
import { sessionEnded } from "./session-errors.ts";
import { checkSessionOptions, type OAuthSessionOptions, sessionDefaults } from "./session-options.ts";
import { summarizeError } from "./stored-tokens.ts";
import { TokenCache } from "./token-cache.ts";
import { TokenRefresh } from "./token-refresh.ts";
import { memoryTokenStore, type Tokens } from "./token-store.ts";

/** Milliseconds without a further try when a refresh ahead of expiry has failed; the old token still works meanwhile. */
const PAUSE_AFTER_FAILURE = 30_000;

/**
 * Milliseconds for a refresh that several callers share, up to the moment at which the token request is sent. The deadline of the
 * client where that is longer: its calls wait as long for the quota, and so does the token that they need.
 */
const REFRESH_DEADLINE = 180_000;

/**
 * An account that is signed in by OAuth and stays so. Hand it to one client, or to several of the same account: the first of
 * them sends the token requests, under its quota, and its `onEvent` receives `refresh` and `token_save_failed`.
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
  readonly schemes = ["OAuth2", "BearerToken"] as const;
  readonly #program: TokenForm;
  readonly #route: TokenRoute;
  readonly #refreshAhead: number;
  readonly #cache: TokenCache;
  readonly #refresh: TokenRefresh;
  readonly #rejections = new RejectionMemory();
  #host: TokenClient | undefined;
  #running: SharedTask<void> | undefined;
  #noRefreshBefore = 0;
  #revoked = false;

  /** @throws TypeError for an empty clientId, a code grant without clientSecret, or a baseUrl that is not https. */
  constructor(options: OAuthSessionOptions) {
    checkSessionOptions(options);
    const { clientId, clientSecret, grant, baseUrl, fetch, refreshAhead = sessionDefaults.refreshAhead } = options;
    this.#program = { client_id: clientId, client_secret: clientSecret };
    this.#route = { baseUrl: checkBaseUrl(baseUrl, options.allowInsecureHttp), fetch };
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
    this.#refresh = new TokenRefresh({
      cache: this.#cache,
      grant,
      program: this.#program,
      route: this.#route,
      isUsable: (tokens) => this.#isUsable(tokens),
    });
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
    return this.#revoked || !this.#isUsable(this.#cache.current) ? undefined : this.#takeCurrent();
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
   * any case.
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
    if (token === undefined) await this.#join(this.#cache.current?.accessToken, true, signal);
    else if (this.#cache.current?.accessToken === token) {
      const now = this.#clock().monotonic();
      if (again) this.#rejections.addFruitless(now);
      if (!this.#rejections.mayRefresh(now)) return undefined;
      this.#rejections.rejected = token;
      await this.#refreshWhereDue(signal);
    }
    return this.#cache.current?.accessToken === token ? undefined : this.#source();
  }

  /**
   * Signs out: Angelcam forgets the refresh token, and the store is emptied. The session is over; for the next sign-in
   * make a new one.
   *
   * @param options.signal Ends the wait.
   * @throws ConnectionError and its like when the server was not reached; then the session goes on.
   */
  async revoke({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
    throwIfAborted(signal);
    await waitUnlessAborted(this.#revoke(signal), signal);
  }

  async #revoke(signal: AbortSignal | undefined): Promise<void> {
    await this.#running?.join(signal).catch(() => {});
    const host = this.#hosted();
    await this.#cache.lock(async (locked) => {
      const tokens = await this.#cache.load(locked, this.#refresh.isOutdated);
      if (tokens?.refreshToken) {
        await host.revokeToken({ ...this.#program, token: tokens.refreshToken }, { ...this.#route, signal });
      }
      this.#revoked = true;
      const now = host.clock.now();
      const grant = tokens?.grant === undefined ? {} : { grant: tokens.grant };
      const empty = { accessToken: "", refreshToken: undefined, issuedAt: now, expiresAt: now, scope: undefined };
      await this.#cache.save({ ...empty, ...grant }, locked);
    }, signal);
  }

  /** Ahead of expiry a failure costs nothing yet: the token at hand works until its end. */
  async #refreshWhereDue(signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.#join(undefined, false, signal);
    } catch (error) {
      if (signal?.aborted || !this.#isAlive(this.#cache.current)) throw error;
      this.#noRefreshBefore = this.#clock().monotonic() + PAUSE_AFTER_FAILURE;
    }
  }

  /** Waits for the refresh that is under way, or starts one. */
  #join(replaced: string | undefined, immediately: boolean, signal: AbortSignal | undefined): Promise<void> {
    if (this.#revoked) return Promise.reject(sessionEnded("It was revoked by this program."));
    if (!this.#running || this.#running.isOver) {
      const host = this.#hosted();
      // One that was given up may have sent its refresh token: it is not sent twice.
      const previous = this.#running?.settled.catch(() => {});
      const task = new SharedTask(async (callers) => {
        if (previous) await waitUnlessAborted(previous, callers);
        await this.#run(host, replaced, immediately, callers);
      });
      // A service keeps a session for each of thousands of accounts: none of them holds a task that is over.
      const release = () => {
        if (this.#running === task) this.#running = undefined;
      };
      this.#running = task;
      task.settled.then(release, release);
    }
    return this.#running.join(signal);
  }

  async #run(
    host: TokenClient,
    replaced: string | undefined,
    immediately: boolean,
    callers: AbortSignal,
  ): Promise<void> {
    const { clock, emit } = host;
    const milliseconds = Math.max(REFRESH_DEADLINE, host.deadline ?? 0);
    const deadline = new AbortController();
    const abandon = () => deadline.abort(callers.reason);
    callers.addEventListener("abort", abandon);
    const timer = clock.setTimeout(() => deadline.abort(deadlineError(milliseconds)), milliseconds);
    const wasRejected = this.#rejections.rejected !== undefined;
    try {
      const { signal } = deadline;
      const outcome = await this.#refresh.run(host, { replaced, immediately, signal });
      this.#rejections.settle(this.#cache.current?.accessToken, wasRejected);
      emit?.({ type: "refresh", outcome, error: undefined });
    } catch (error) {
      emit?.({ type: "refresh", outcome: "failed", error: codeOf(error) });
      throw error;
    } finally {
      clock.clearTimeout(timer);
      callers.removeEventListener("abort", abandon);
    }
  }

  /** The header of the current token, which is saved in the background where that has failed before. */
  #takeCurrent(): string {
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
  if (!tokens?.accessToken) throw sessionEnded("No token is left.");
  return `Bearer ${tokens.accessToken}`;
}

function deadlineError(milliseconds: number): TimeoutError {
  return new TimeoutError(
    `The tokens were not refreshed within ${milliseconds} ms: their lock, their store or the quota took too long. Nothing was sent. Try again.`,
    { code: "timeout", retryable: true },
  );
}
