import { type Clock, pause } from "../base/clock.ts";
import { withTimeLimit } from "../base/time-limit.ts";
import { runWithinRefresh } from "./refresh-context.ts";
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
 * The tokens of a session, in memory and in its store. The store is right, as other processes may write to it; only tokens
 * that could not be written there, or that it has not caught up with, come first.
 */
export class TokenCache {
  readonly #settings: TokenCacheSettings;
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

  /** Runs `work` while no other process refreshes the tokens. */
  async lock<T>(work: (locked: LockedTokenStore) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const { store, clock, onSaveFailure } = this.#settings;
    const lock = store.lock?.bind(store);
    if (!lock) return work(store);
    return runLocked(work, {
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

  /** Rejects when the lock was lost, or when new tokens could not be written. */
  async verify(locked: LockedTokenStore): Promise<void> {
    await this.#callStore("verify", () => locked.verify?.());
  }

  /**
   * Saves new tokens, then lets calls use them. Where saving goes on failing, they are used all the same: the old ones have
   * ended.
   */
  async save(tokens: Tokens, locked: LockedTokenStore): Promise<void> {
    const unsaved = { tokens, previous: this.#current, replaced: this.#stored, inStore: false };
    this.#unsaved = unsaved;
    this.#incoming = tokens;
    try {
      await this.#write(unsaved, locked);
      if (unsaved.inStore) await this.#notify(unsaved);
    } finally {
      this.#current = tokens;
      this.#incoming = undefined;
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
    const clock = this.#settings.clock();
    const patience = new AbortController();
    const giveUp = () => patience.abort(tookTooLong("lock() of the token store", PAUSE_BETWEEN_SAVES));
    const timer = clock.setTimeout(giveUp, PAUSE_BETWEEN_SAVES);
    try {
      await this.lock(async (locked) => {
        await this.load(locked, isOutdated);
        if (this.#unsaved !== unsaved) return;
        if (!unsaved.inStore) await this.#callStore("write", () => locked.write(unsaved.tokens));
        unsaved.inStore = true;
        await this.#notify(unsaved);
      }, patience.signal);
    } catch (error) {
      this.#settings.onSaveFailure(error, unsaved.tokens);
    } finally {
      clock.clearTimeout(timer);
      this.#saving = false;
    }
  }

  async #write(unsaved: Unsaved, locked: LockedTokenStore): Promise<void> {
    const { clock, onSaveFailure } = this.#settings;
    const latest = this.#monotonic() + SAVE_PATIENCE;
    for (let wait = FIRST_SAVE_PAUSE; ; wait = Math.min(wait * 2, LONGEST_SAVE_PAUSE)) {
      try {
        await this.#callStore("write", () => locked.write(unsaved.tokens));
        unsaved.inStore = true;
        this.#stored = unsaved.tokens.accessToken;
        return;
      } catch (error) {
        if (hasNoRoom(error) || this.#monotonic() + wait > latest) return onSaveFailure(error, unsaved.tokens);
        await pause(clock(), wait, undefined);
      }
    }
  }

  async #notify(unsaved: Unsaved): Promise<void> {
    const { clock, onTokens, onSaveFailure } = this.#settings;
    try {
      if (onTokens) {
        const { tokens, previous } = unsaved;
        await withTimeLimit(
          clock(),
          ON_TOKENS_TIMEOUT,
          undefined,
          () => this.#within(async () => onTokens(tokens, previous)),
          () => tookTooLong("onTokens", ON_TOKENS_TIMEOUT),
        );
      }
      if (this.#unsaved === unsaved) this.#unsaved = undefined;
    } catch (error) {
      onSaveFailure(error, unsaved.tokens);
    }
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
