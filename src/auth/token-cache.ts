import { type Clock, systemClock } from "../base/clock.ts";
import type { TokenStore, Tokens } from "./token-store.ts";

type OnTokens = (next: Tokens, previous: Tokens | undefined) => void | Promise<void>;

/** Milliseconds between two tries to save tokens that could not be saved. */
const PAUSE_BETWEEN_SAVES = 30_000;

interface Unsaved {
  readonly tokens: Tokens;
  readonly previous: Tokens | undefined;
  /** What the store held before; if it holds something else now, a sibling has been there since. */
  readonly replaced: string | undefined;
  inStore: boolean;
  notBefore: number;
}

/**
 * The tokens of a session, in memory and in its store. The store tells the truth, as siblings may write to it; only
 * tokens that could not be written there count more.
 */
export class TokenCache {
  readonly #store: TokenStore;
  readonly #onTokens: OnTokens | undefined;
  readonly #onSaveFailure: (error: unknown) => void;
  #unsaved: Unsaved | undefined;
  #stored: string | undefined;
  #current: Tokens | undefined;

  constructor(store: TokenStore, onTokens: OnTokens | undefined, onSaveFailure: (error: unknown) => void) {
    if (typeof store?.read !== "function" || typeof store.write !== "function") {
      throw new TypeError("store must have the methods read() and write(tokens)");
    }
    this.#store = store;
    this.#onTokens = onTokens;
    this.#onSaveFailure = onSaveFailure;
  }

  /** The tokens that calls use now. */
  get current(): Tokens | undefined {
    return this.#current;
  }

  /** Runs `work` while no sibling renews the tokens. */
  lock<T>(work: () => Promise<T>): Promise<T> {
    return this.#store.lock ? this.#store.lock(work) : work();
  }

  /** Takes in what the store holds. */
  async load(): Promise<Tokens | undefined> {
    const stored = await this.#store.read();
    this.#stored = stored?.accessToken;
    const known = this.#unsaved?.inStore ? this.#unsaved.tokens.accessToken : this.#unsaved?.replaced;
    if (!this.#unsaved || (stored !== undefined && this.#stored !== known)) {
      this.#unsaved = undefined;
      this.#current = stored ?? this.#current;
    }
    return this.#current;
  }

  /** Saves new tokens, then lets calls use them. Where saving fails they are used all the same: the old ones are dead. */
  async save(tokens: Tokens): Promise<void> {
    this.#unsaved = { tokens, previous: this.#current, replaced: this.#stored, inStore: false, notBefore: 0 };
    await this.#save(this.#unsaved);
    this.#current = tokens;
  }

  /** Tries once more to save what could not be saved; nobody waits for it. */
  retrySave(clock: Clock = systemClock): void {
    const unsaved = this.#unsaved;
    if (!unsaved || clock.now() < unsaved.notBefore || this.#current !== unsaved.tokens) return;
    unsaved.notBefore = clock.now() + PAUSE_BETWEEN_SAVES;
    this.lock(() => this.#save(unsaved)).catch(this.#onSaveFailure);
  }

  async #save(unsaved: Unsaved): Promise<void> {
    try {
      if (!unsaved.inStore) await this.#store.write(unsaved.tokens);
      unsaved.inStore = true;
      this.#stored = unsaved.tokens.accessToken;
      await this.#onTokens?.(unsaved.tokens, unsaved.previous);
      if (this.#unsaved === unsaved) this.#unsaved = undefined;
    } catch (error) {
      this.#onSaveFailure(error);
    }
  }
}
