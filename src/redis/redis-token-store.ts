import type { LockedTokenStore, LockOptions, TokenStore, Tokens } from "../auth/token-store.ts";
import { AsyncContext } from "../base/async-context.ts";
import { checkOptionNames } from "../base/check-names.ts";
import { checkClock } from "../base/check-type.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { checkKey, commandsOf, type RedisClient, type SendCommand } from "./redis-client.ts";
import { failing, type RedisLock, type RedisLockSettings, takeRedisLock } from "./redis-lock.ts";
import { sendPatiently } from "./send-patiently.ts";
import { encodeTokens, readTokens } from "./token-record.ts";

/** Milliseconds. Another process that refreshes needs a token request of 30 seconds, and a second one at a busy server. */
const LOCK_TIMEOUT = 60_000;

/** Milliseconds that a killed process costs the others at most; long enough for one that was suspended to come back. */
const LEASE = 15_000;

/** Milliseconds. A shorter lease would be lost by the delay of a timer. */
const SHORTEST_LEASE = 100;

/** Where tokens are kept in Redis, and how long to wait for their lock. */
export interface RedisTokenStoreOptions {
  /**
   * The key of the tokens: one for each account and program. Its lock is a second key beside it. Braces are allowed only
   * around one hash tag of Redis Cluster.
   */
  key: string;
  /**
   * The longest wait for the lock, in milliseconds. After that the call fails with a `TokenStoreError`.
   *
   * @default 60_000
   */
  lockTimeout?: number | undefined;
  /**
   * Milliseconds after which the lock of a process that died is free again; 15 seconds at least when it died during a token
   * request. A living process renews it three times as often. Keep it below `lockTimeout`.
   *
   * @default 15_000
   */
  lease?: number | undefined;
  /** The clock of all waits. For tests. */
  clock?: Clock | undefined;
}

/**
 * Keeps tokens in Redis, so that all processes of an account, on however many machines, share one session.
 *
 * - `lock` excludes all other users of the key. It is renewed while the work goes on, and ends with its lease when the
 *   process dies.
 * - A process that has lost the lock, because it was suspended for longer than the lease, sends no refresh token and writes
 *   nothing: Redis compares lock and writer in the same step.
 * - While a replica takes over (`READONLY`), commands are sent again for five seconds.
 * - The tokens are credentials and are kept as they are: let only your own programs reach that Redis.
 *
 * Give it a Redis that saves to disk, and that evicts no key (`maxmemory-policy noeviction`): lost tokens are a lost session.
 * A replica that takes over may lack the last write; `redisTokenStore` cannot prevent that.
 *
 * @throws TypeError or RangeError for a bad argument. The methods throw `TokenStoreError`.
 *
 * @example
 * ```ts
 * import { redisTokenStore } from "angelcam-client/redis";
 * import { createClient } from "redis";
 *
 * const client = await createClient({ url: "redis://127.0.0.1:6379" }).on("error", console.error).connect();
 * const session = new OAuthSession({ clientId, grant, store: redisTokenStore(client, { key: "angelcam:tokens" }) });
 * ```
 */
export function redisTokenStore(client: RedisClient, options: RedisTokenStoreOptions): Required<TokenStore> {
  return new RedisTokenStore(client, options);
}

/** Holds no token itself, so that none is shown when a store is logged. */
class RedisTokenStore implements Required<TokenStore> {
  readonly key: string;
  readonly #send: SendCommand;
  readonly #settings: RedisLockSettings;
  /** The lock that the calling code holds: other code of this process has to wait for it. */
  readonly #lock = new AsyncContext<RedisLock>();

  constructor(client: RedisClient, options: RedisTokenStoreOptions) {
    checkOptionNames("redisTokenStore", options, ["key", "lockTimeout", "lease", "clock"]);
    const { key, lockTimeout: timeout = LOCK_TIMEOUT, lease = LEASE, clock = systemClock } = options;
    checkClock("redisTokenStore: ", clock);
    checkKey(key, "redisTokenStore");
    if (!Number.isFinite(timeout) || timeout <= 0) {
      throw new RangeError("lockTimeout must be a number of milliseconds above 0");
    }
    if (!Number.isSafeInteger(lease) || lease < SHORTEST_LEASE) {
      throw new RangeError(`lease must be a whole number of milliseconds from ${SHORTEST_LEASE} up`);
    }
    this.key = key;
    this.#send = commandsOf(client, clock);
    this.#settings = { key, timeout, lease, clock, send: this.#send };
  }

  async read(): Promise<Tokens | undefined> {
    const patience = { clock: this.#settings.clock, isIdempotent: true };
    const text = await sendPatiently(patience, () => this.#send(["GET", this.key])).catch(failing("read", this.key));
    return text === null || text === undefined ? undefined : readTokens(String(text), this.key);
  }

  /** Waits for the lock where the caller does not hold it. */
  async write(tokens: Tokens): Promise<void> {
    const lock = this.#heldLock();
    if (lock) await lock.write(encodeTokens(tokens));
    else await this.lock((locked) => locked.write(tokens));
  }

  async lock<T>(work: (locked: LockedTokenStore) => Promise<T>, options: LockOptions = {}): Promise<T> {
    const held = this.#heldLock();
    if (held) return work(this.#under(held));
    const lock = await takeRedisLock(this.#settings, options.signal);
    try {
      return await this.#lock.run(lock, () => work(this.#under(lock)));
    } finally {
      await lock.release();
    }
  }

  #under(lock: RedisLock): Required<LockedTokenStore> {
    return {
      read: () => this.read(),
      write: (tokens) => lock.write(encodeTokens(tokens)),
      verify: () => lock.verify(),
    };
  }

  #heldLock(): RedisLock | undefined {
    const lock = this.#lock.value;
    return lock?.released ? undefined : lock;
  }
}
