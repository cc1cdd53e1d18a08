import { throwIfAborted } from "../base/abort.ts";
import { type Clock, pause } from "../base/clock.ts";
import type { TokenClient, TokenForm, TokenRoute } from "./auth.ts";
import { grantFingerprint } from "./grant-fingerprint.ts";
import type { Grant } from "./grants.ts";
import { sessionEnded } from "./session-errors.ts";
import { cannotBeWritten } from "./stored-tokens.ts";
import type { TokenCache } from "./token-cache.ts";
import { LockLost, TokenFlight } from "./token-flight.ts";
import { outcomeOf } from "./token-request-outcome.ts";
import { tokensFrom } from "./token-response.ts";
import type { LockedTokenStore, Tokens } from "./token-store.ts";
import { UsedCredentials } from "./used-credentials.ts";

/** How a session came by its tokens: `shared` ones were left in the store by another session. */
export type Acquired = "shared" | "refreshed" | "signed_in";

/** Milliseconds before a credential with an unknown outcome is sent again; each further pause is twice as long. */
const FIRST_RESEND_PAUSE = 500;
const LONGEST_RESEND_PAUSE = 30_000;

/** How often a lost lock is taken again, and how many credentials are tried under one lock, before the refresh fails. */
const MOST_LOCKS = 3;
const MOST_CREDENTIALS = 5;

/** Milliseconds by which the wall clock may differ from the server's before it is corrected: `Date` has whole seconds. */
const CLOCK_TOLERANCE = 5_000;

/** The credential of a token request. */
interface Credential {
  readonly form: TokenForm;
  readonly acquired: Acquired;
  /** The part that works once: a refresh token or a code. */
  readonly secret: string | undefined;
  /** For the tokens that come from it. */
  readonly grant: string | undefined;
}

/** A credential that works once, after a request whose outcome is unknown. */
interface Doubt {
  readonly secret: string;
  readonly failures: number;
  /** Earliest time (monotonic) to send it again. */
  readonly notBefore: number;
}

/** The reason and the limits of one refresh. */
export interface RefreshRequest {
  /**
   * True when the program requests the refresh itself: tokens are replaced that have not expired, those of the store where none
   * were loaded, and the refresh does not wait for a back-off.
   */
  readonly immediately: boolean;
  /** Aborts when no caller waits any more: nothing is sent then. */
  readonly signal: AbortSignal;
}

/** The dependencies of a session's refresh. */
export interface TokenRefreshSettings {
  readonly cache: TokenCache;
  readonly grant: Grant;
  /** Fields that identify the program. */
  readonly program: TokenForm;
  readonly route: Pick<TokenRoute, "baseUrl" | "fetch">;
  /** True for tokens that need no refresh. */
  readonly isUsable: (tokens: Tokens | undefined) => boolean;
}

/**
 * Gets new tokens: from the store, with the refresh token, with the grant, in this order, under the lock of the store. It
 * remembers what became of each credential, so that none is sent again which the server has accepted or rejected.
 */
export class TokenRefresh {
  readonly #settings: TokenRefreshSettings;
  readonly #used: UsedCredentials;
  #doubt: Doubt | undefined;
  #lastRejection: unknown;
  #issued: string | undefined;
  #clockOffset = 0;

  constructor(settings: TokenRefreshSettings) {
    this.#settings = settings;
    this.#used = new UsedCredentials(settings.grant);
  }

  /** The access token that the server issued to this very session last. */
  get issued(): string | undefined {
    return this.#issued;
  }

  /** Milliseconds by which the server's clock is ahead of the wall clock of this machine. */
  get clockOffset(): number {
    return this.#clockOffset;
  }

  /** True while the refresh token has an unknown outcome: it is sent again only when the access token has ended. */
  isInDoubt(tokens: Tokens): boolean {
    return this.#doubt !== undefined && this.#doubt.secret === tokens.refreshToken;
  }

  /** True for tokens that this session has replaced itself. */
  readonly isOutdated = ({ refreshToken }: Tokens): boolean =>
    refreshToken !== undefined && this.#used.has(refreshToken);

  /**
   * Gets new tokens and saves them.
   *
   * @throws OAuthError when the session has ended; ConnectionError, TokenStoreError and their like, after which it goes on.
   */
  async run(host: TokenClient, request: RefreshRequest): Promise<Acquired> {
    const { cache } = this.#settings;
    const { immediately, signal } = request;
    // Looked up before the wait for the lock: tokens that come meanwhile are new.
    const replaced = immediately ? (cache.current ?? (await cache.look(this.isOutdated, signal))) : undefined;
    const work = (locked: LockedTokenStore) => this.#acquire(locked, host, request, replaced?.accessToken);
    for (let attempt = 1; ; ) {
      try {
        const acquired = await cache.lock(work, signal);
        if (typeof acquired === "string") return acquired;
        // Another process may store its tokens meanwhile, so the lock is not held.
        await pause(host.clock, acquired.wait, signal);
      } catch (error) {
        if (!(error instanceof LockLost)) throw error;
        throwIfAborted(signal);
        if (++attempt > MOST_LOCKS) throw error.cause;
      }
    }
  }

  /** Gets new tokens under the lock, or returns the milliseconds to wait without it before the next credential may be sent. */
  async #acquire(
    locked: LockedTokenStore,
    host: TokenClient,
    request: RefreshRequest,
    replaced: string | undefined,
  ): Promise<Acquired | { readonly wait: number }> {
    const { cache, isUsable } = this.#settings;
    for (let tried = 0; tried < MOST_CREDENTIALS; tried++) {
      const tokens = await cache.load(locked, this.isOutdated);
      if (isUsable(tokens) && tokens?.accessToken !== replaced) return "shared";
      const credential = this.#nextCredential(tokens);
      if (!credential) break;
      const wait = request.immediately ? 0 : this.#backOff(credential, host.clock);
      if (wait > 0) return { wait };
      try {
        await this.#use(credential, locked, host, request);
        return credential.acquired;
      } catch (error) {
        // A rejected refresh token may have been replaced by another session meanwhile; nothing replaces a password.
        if (outcomeOf(error) !== "rejected" || credential.acquired !== "refreshed") throw error;
      }
    }
    throw sessionEnded("Angelcam does not accept its refresh token any more.", this.#lastRejection);
  }

  /** Milliseconds before a credential may be sent again, after a request whose outcome is unknown. */
  #backOff({ secret }: Credential, clock: Clock): number {
    return this.#doubt !== undefined && this.#doubt.secret === secret ? this.#doubt.notBefore - clock.monotonic() : 0;
  }

  /** The refresh token of the store, else what the session was made with, else the password. */
  #nextCredential(tokens: Tokens | undefined): Credential | undefined {
    const { type, fields } = this.#settings.grant;
    const stored = tokens?.refreshToken;
    if (stored && this.#maySend(stored)) {
      const form = { grant_type: "refresh_token", refresh_token: stored };
      return { form, acquired: "refreshed", secret: stored, grant: tokens.grant };
    }
    const form: TokenForm = { grant_type: type, ...fields() };
    if (type === "password") return { form, acquired: "signed_in", secret: undefined, grant: undefined };
    const secret = (type === "refresh_token" ? form.refresh_token : form.code) ?? "";
    if (!this.#maySend(secret)) return undefined;
    const fingerprint = grantFingerprint(secret);
    if (this.#isReplaced(tokens, fingerprint)) return undefined;
    const acquired = type === "refresh_token" ? "refreshed" : "signed_in";
    return { form, acquired, secret, grant: fingerprint };
  }

  /** A password makes a second use of a doubtful token needless. */
  #maySend(secret: string): boolean {
    return !this.#used.has(secret) && !(this.#hasPassword() && this.#doubt?.secret === secret);
  }

  /** True when the tokens of the store came from the grant: the server has seen its credential. */
  #isReplaced(tokens: Tokens | undefined, fingerprint: string): boolean {
    if (tokens?.grant !== undefined) return tokens.grant === fingerprint;
    // A store that keeps no fingerprint may hold the successors of a refresh token. A code is always a new sign-in.
    return this.#settings.grant.type === "refresh_token" && Boolean(tokens?.refreshToken);
  }

  #hasPassword(): boolean {
    return this.#settings.grant.type === "password";
  }

  /** Sends a credential, remembers what became of it, and saves the tokens. */
  async #use(
    credential: Credential,
    locked: LockedTokenStore,
    host: TokenClient,
    request: RefreshRequest,
  ): Promise<void> {
    const { cache, program } = this.#settings;
    const { secret, grant } = credential;
    const flight = new TokenFlight(request.signal, () => this.#verify(locked));
    let tokens: Tokens;
    try {
      const response = await host.createToken({ ...program, ...credential.form }, this.#guardedRoute(host, flight));
      const previous = credential.acquired === "refreshed" ? secret : undefined;
      tokens = tokensFrom(response, this.#serverTime(response.serverTime, host.clock), previous);
    } catch (error) {
      if (flight.sent) this.#remember(secret, error, host.clock);
      throw flight.storeError ?? error;
    }
    if (secret !== undefined && secret !== tokens.refreshToken) this.#used.add(secret);
    this.#doubt = undefined;
    this.#lastRejection = undefined;
    this.#issued = tokens.accessToken;
    await cache.save({ ...tokens, ...(grant === undefined ? {} : { grant }) }, locked);
  }

  /** Right before a credential is sent: the lock must still be held, and its successor must find room. */
  async #verify(locked: LockedTokenStore): Promise<void> {
    const { cache } = this.#settings;
    try {
      await cache.verify(locked);
    } catch (error) {
      if (!cannotBeWritten(error)) throw new LockLost(error);
      // With a full disk the session goes on in memory, once its access token is of no use any more.
      if (this.#settings.isUsable(cache.current)) throw error;
    }
  }

  #guardedRoute(host: TokenClient, flight: TokenFlight): TokenRoute {
    const { baseUrl, fetch = host.fetch } = this.#settings.route;
    return {
      baseUrl,
      signal: flight.signal,
      fetch: (...request: Parameters<typeof globalThis.fetch>) => flight.send(() => fetch(...request)),
    };
  }

  #remember(secret: string | undefined, error: unknown, clock: Clock): void {
    const outcome = outcomeOf(error);
    if (outcome === "rejected") this.#lastRejection = error;
    if (secret === undefined) return;
    if (outcome === "rejected") this.#used.add(secret);
    if (outcome === "unknown") {
      const failures = this.#doubt?.secret === secret ? this.#doubt.failures + 1 : 1;
      const wait = Math.min(FIRST_RESEND_PAUSE * 2 ** (failures - 1), LONGEST_RESEND_PAUSE);
      this.#doubt = { secret, failures, notBefore: clock.monotonic() + wait };
    }
  }

  /** Now, by the clock of the server where the response says it. */
  #serverTime(serverTime: number | undefined, clock: Clock): number {
    const now = clock.now();
    // Where the response does not say it, this is NaN, which is not greater than anything.
    const offset = Number(serverTime) - now;
    this.#clockOffset = Math.abs(offset) > CLOCK_TOLERANCE ? offset : 0;
    return now + this.#clockOffset;
  }
}
