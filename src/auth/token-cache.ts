import { type Clock, pause } from "../base/clock.ts";
import { Mutex } from "../base/mutex.ts";
import { withDeadline, withTimeLimit } from "../base/time-limit.ts";
import { isWithinRefresh, runWithinRefresh } from "./refresh-context.ts";
import { runLocked } from "./run-locked.ts";
import { tookTooLong } from "./session-errors.ts";
import { checkStored, hasNoRoom } from "./stored-tokens.ts";
import type { LockedTokenStore, TokenStore, Tokens } from "./token-store.ts";

/** Called with new tokens, and with those that they replace. A promise that it returns is waited for. */
export type OnTokens = (next: Tokens, previous: Tokens | undefined) => unknown;

/** Milliseconds for one `read`, `write` or `verify` of a store. A database that is alive needs a small part of it. */
const STORE_TIMEOUT = 15_000;

/** Milliseconds for `onTokens`. */
const ON_TOKENS_TIMEOUT = 30_000;

/** Milliseconds for which saving is retried while the lock is held: longer than a failover of Redis. */
const SAVE_PATIENCE = 5_000;

/** Milliseconds before the first of these retries; each further pause is twice as long, up to the longest. */
const FIRST_SAVE_PAUSE = 100;
const LONGEST_SAVE_PAUSE = 1_000;

/** Milliseconds between two later tries to save tokens that could not be saved. */
const PAUSE_BETWEEN_SAVES = 30_000;

interface Unsaved {
  readonly tokens: Tokens;
  readonly previous: Tokens | undefined;
  /** The access token that the store held before. If it holds another one now, another process has written since. */
  readonly replaced: string | undefined;
  inStore: boolean;
}

/** Options and dependencies of a cache. */
export interface TokenCacheSettings {
  readonly store: TokenStore;
  readonly onTokens: OnTokens | undefined;
  /** Called with each error of the store or `onTokens` that costs no call. */
  readonly onSaveFailure: (error: unknown, tokens: Tokens | undefined) => void;
  readonly clock: () => Clock;
}

/**
 * The tokens of a session, in memory and in its store. The store is authoritative, as other processes may write to it; only
 * tokens that could not be written there, or that it has not caught up with, come first.
 */
export class TokenCache {
  readonly #settings: TokenCacheSettings;
  readonly #mutex = new Mutex();
  /** The store as `onTokens` finds it while it runs: under the lock. */
  #lockedForOnTokens: LockedTokenStore | undefined;
  #current: Tokens | undefined;
  #incoming: Tokens | undefined;
  #stored: string | undefined;
  #unsaved: Unsaved | undefined;
  #saveNotBefore = 0;
  #saving = false;

  constructor(settings: TokenCacheSettings) {
    const { store } = settings;
    if (typeof store?.read !== "function" || typeof store.write !== "function") {
      throw new TypeError("store must have the methods read() and write(tokens)");
    }
    this.#settings = settings;
  }

  /** The tokens that calls use now. */
  get current(): Tokens | undefined {
    return this.#current;
  }

  /** New tokens that are being saved: only the store and `onTokens` may use them yet. */
  get incoming(): Tokens | undefined {
    return this.#incoming;
  }

  /**
   * Runs `work` while no other process refreshes the tokens, and no other work of this session. In `onTokens` it runs at once:
   * the lock is held for that.
   */
  async lock<T>(work: (locked: LockedTokenStore) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const held = this.#lockedForOnTokens;
    if (held && isWithinRefresh(this, true)) return work(held);
    const { store, clock, onSaveFailure } = this.#settings;
    const workAlone = (locked: LockedTokenStore) => this.#mutex.run(() => work(locked), signal);
    const lock = store.lock?.bind(store);
    if (!lock) return workAlone(store);
    return runLocked(workAlone, {
      store,
      lock: (enter, options) => this.#within(async () => lock(enter, options)),
      clock: clock(),
      signal,
      onFailure: (error) => onSaveFailure(error, undefined),
    });
  }

  /**
   * Takes in the tokens of the store.
   *
   * @param isOutdated True for tokens that this session has already replaced: a replica of the store may lag behind.
   */
  async load(locked: LockedTokenStore, isOutdated: (stored: Tokens) => boolean): Promise<Tokens | undefined> {
    const stored = checkStored(await this.#callStore("read", () => locked.read()));
    this.#stored = stored?.accessToken;
    const known = this.#unsaved?.inStore ? this.#unsaved.tokens.accessToken : this.#unsaved?.replaced;
    if (this.#unsaved && (stored === undefined || this.#stored === known)) return this.#current;
    if (stored && isOutdated(stored)) return this.#current;
    this.#unsaved = undefined;
    this.#current = stored ?? this.#current;
    return this.#current;
  }

  /** Takes in the tokens of the store without its lock: to replace them takes the lock. */
  look(isOutdated: (stored: Tokens) => boolean, signal?: AbortSignal): Promise<Tokens | undefined> {
    return this.#mutex.run(() => this.load(this.#settings.store, isOutdated), signal);
  }

  /** Rejects when the lock was lost, or when new tokens could not be written. */
  async verify(locked: LockedTokenStore): Promise<void> {
    await this.#callStore("verify", () => locked.verify?.());
  }

  /**
   * Saves new tokens, then lets calls use them. Where saving goes on failing, they are used all the same: the old ones have
   * ended.
   */
  async save(tokens: Tokens, locked: LockedTokenStore): Promise<void> {
    try {
      await this.replace(tokens, locked);
    } catch (error) {
      this.#settings.onSaveFailure(error, tokens);
    }
  }

  /** As `save`, and throws the error of the store or `onTokens`. */
  async replace(tokens: Tokens, locked: LockedTokenStore): Promise<void> {
    const previous = this.#incoming ?? this.#current;
    const unsaved = { tokens, previous, replaced: this.#stored, inStore: false };
    this.#unsaved = unsaved;
    this.#incoming = tokens;
    try {
      await this.#write(unsaved, locked);
      await this.#notify(unsaved, locked);
    } finally {
      // `onTokens` may have revoked the session: these are over then.
      if (this.#incoming === tokens) {
        this.#current = tokens;
        this.#incoming = undefined;
      }
    }
  }

  /** True for tokens that are in memory only, or that `onTokens` has rejected. */
  get isUnsaved(): boolean {
    return this.#unsaved !== undefined;
  }

  /**
   * Tries once more to save what could not be saved, unless that was tried a moment ago.
   *
   * @param isOutdated As for `load`.
   */
  async retrySave(isOutdated: (stored: Tokens) => boolean, now = this.#monotonic()): Promise<void> {
    const unsaved = this.#unsaved;
    if (!unsaved || this.#saving || now < this.#saveNotBefore || this.#current !== unsaved.tokens) return;
    this.#saving = true;
    this.#saveNotBefore = now + PAUSE_BETWEEN_SAVES;
    const saveAgain = async (locked: LockedTokenStore) => {
      await this.load(locked, isOutdated);
      if (this.#unsaved !== unsaved) return;
      if (!unsaved.inStore) await this.#callStore("write", () => locked.write(unsaved.tokens));
      unsaved.inStore = true;
      await this.#notify(unsaved, locked);
    };
    const tooLate = () => tookTooLong("lock() of the token store", PAUSE_BETWEEN_SAVES);
    try {
      const lockAndSave = (signal: AbortSignal) => this.lock(saveAgain, signal);
      await withDeadline(this.#settings.clock(), PAUSE_BETWEEN_SAVES, undefined, lockAndSave, tooLate);
    } catch (error) {
      this.#settings.onSaveFailure(error, unsaved.tokens);
    } finally {
      this.#saving = false;
    }
  }

  async #write(unsaved: Unsaved, locked: LockedTokenStore): Promise<void> {
    const latest = this.#monotonic() + SAVE_PATIENCE;
    for (let wait = FIRST_SAVE_PAUSE; ; wait = Math.min(wait * 2, LONGEST_SAVE_PAUSE)) {
      try {
        await this.#callStore("write", () => locked.write(unsaved.tokens));
        unsaved.inStore = true;
        this.#stored = unsaved.tokens.accessToken;
        return;
      } catch (error) {
        if (hasNoRoom(error) || this.#monotonic() + wait > latest) throw error;
        await pause(this.#settings.clock(), wait, undefined);
      }
    }
  }

  async #notify(unsaved: Unsaved, locked: LockedTokenStore): Promise<void> {
    const { clock, onTokens } = this.#settings;
    if (onTokens) {
      const { tokens, previous } = unsaved;
      const outer = this.#lockedForOnTokens;
      this.#lockedForOnTokens = locked;
      await withTimeLimit(
        clock(),
        ON_TOKENS_TIMEOUT,
        undefined,
        () => this.#within(async () => onTokens(tokens, previous)),
        () => tookTooLong("onTokens", ON_TOKENS_TIMEOUT),
      ).finally(() => {
        this.#lockedForOnTokens = outer;
      });
    }
    if (this.#unsaved === unsaved) this.#unsaved = undefined;
  }

  #callStore<T>(method: string, start: () => Promise<T> | undefined): Promise<T | undefined> {
    return withTimeLimit(
      this.#settings.clock(),
      STORE_TIMEOUT,
      undefined,
      () => this.#within(async () => start()),
      () => tookTooLong(`${method}() of the token store`, STORE_TIMEOUT),
    );
  }

  #within<T>(work: () => Promise<T>): Promise<T> {
    return runWithinRefresh(this, work);
  }

  #monotonic(): number {
    return this.#settings.clock().monotonic();
  }
}
