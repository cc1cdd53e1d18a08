import { type Clock, pause } from "../base/clock.ts";
import { TokenStoreError } from "../errors/client-errors.ts";
import { keyBeside, type SendCommand } from "./redis-client.ts";

/** Does something with the lock only while it is ours: it may have run out, and be somebody else's by now. */
const RENEW =
  "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0";
const RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";
const WRITE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
return 1`;

/** The lock is renewed so many times in its life: two renewals may fail before it is lost. */
const RENEWALS = 3;

/**
 * Milliseconds between two looks at a lock that is taken: a random time, so that waiters do not meet, and longer the
 * longer it takes.
 */
const SHORTEST_PAUSE = 5;
const FIRST_SPREAD = 20;
const LONGEST_SPREAD = 200;

/** Milliseconds for the answer to the last look: a healthy Redis needs one. */
const LAST_ANSWER = 1_000;

/** What a lock works with. */
export interface RedisLockSettings {
  readonly key: string;
  readonly lease: number;
  readonly timeout: number;
  readonly clock: Clock;
  readonly send: SendCommand;
}

/** The lock of a key, renewed until it is released. */
export class RedisLock {
  readonly #settings: RedisLockSettings;
  readonly #owner: string;
  #timer: unknown;
  #released = false;

  constructor(settings: RedisLockSettings, owner: string) {
    this.#settings = settings;
    this.#owner = owner;
    this.#renewLater();
  }

  get released(): boolean {
    return this.#released;
  }

  /**
   * Writes a text to the key. Redis itself looks at the lock, in the same step.
   *
   * @throws TokenStoreError when the lock was lost.
   */
  async write(text: string): Promise<void> {
    const { key, send } = this.#settings;
    const written = await send(["EVAL", WRITE, "2", lockOf(key), key, this.#owner, text]).catch(failing("write", key));
    if (written === 1) return;
    throw new TokenStoreError(
      `The lock of the Redis key ${key} was lost, so its tokens were left as they are: another process may have written newer ones. Read them again. Did this process or Redis stand still for longer than the lease, or did Redis lose its memory?`,
      true,
    );
  }

  /** Never fails: the work is done, and a lock that stays behind ends with its lease. */
  async release(): Promise<void> {
    const { key, clock, send } = this.#settings;
    this.#released = true;
    clock.clearTimeout(this.#timer);
    await send(["EVAL", RELEASE, "1", lockOf(key), this.#owner]).catch(() => {});
  }

  #renewLater(): void {
    const { key, lease, clock, send } = this.#settings;
    this.#timer = clock.setTimeout(async () => {
      await send(["EVAL", RENEW, "1", lockOf(key), this.#owner, String(lease)], lease).catch(() => {});
      if (!this.#released) this.#renewLater();
    }, lease / RENEWALS);
  }
}

/**
 * Waits for the lock of a key among all who use it.
 *
 * @throws TokenStoreError when the wait is over and the lock is still taken, or when Redis cannot be asked.
 */
export async function takeRedisLock(settings: RedisLockSettings): Promise<RedisLock> {
  const { key, lease, timeout, clock, send } = settings;
  const owner = crypto.randomUUID();
  const latest = clock.now() + timeout;
  for (let spread = FIRST_SPREAD; ; spread = Math.min(spread * 1.2, LONGEST_SPREAD)) {
    const left = Math.max(0, latest - clock.now()) + LAST_ANSWER;
    const command = ["SET", lockOf(key), owner, "NX", "PX", String(lease)];
    if ((await send(command, left).catch(failing("lock", key))) === "OK") return new RedisLock(settings, owner);
    if (clock.now() >= latest) throw stillLocked(key, timeout);
    await pause(clock, Math.min(SHORTEST_PAUSE + Math.random() * spread, latest - clock.now()), undefined);
  }
}

/** Turns a failed command into an error of the store. Its message names the key, never what it holds. */
export function failing(what: string, key: string): (error: unknown) => never {
  return (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TokenStoreError(`Cannot ${what} the tokens at the Redis key ${key}: ${reason}`, true);
  };
}

function lockOf(key: string): string {
  return keyBeside(key, "lock");
}

function stillLocked(key: string, timeout: number): TokenStoreError {
  return new TokenStoreError(
    `Waited ${timeout} ms for the lock of the Redis key ${key}, which somebody else still holds. Try again, let that work end, or give redisTokenStore a longer lockTimeout.`,
    true,
  );
}
