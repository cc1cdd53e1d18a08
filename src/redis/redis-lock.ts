import { waitUnlessAborted } from "../base/abort.ts";
import { type Clock, pause } from "../base/clock.ts";
import { TokenStoreError } from "../errors/client-errors.ts";
import { keyBeside, type SendCommand } from "./redis-client.ts";
import { sendPatiently } from "./send-patiently.ts";

/** Takes a free lock, and one that this owner took already: a client sends a command again whose reply was lost. */
const TAKE = `
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

/** Each script acts only while the lock is still this owner's: it may have run out, and be held by another one. */
const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 1`;
/** Writes the lock again, so that a Redis which accepts no more data fails before the refresh token is sent. */
const VERIFY = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', math.max(redis.call('PTTL', KEYS[1]), tonumber(ARGV[2])))
return 1`;
const RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";
const WRITE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local kind = redis.call('TYPE', KEYS[2])['ok']
if kind ~= 'string' and kind ~= 'none' then return kind end
redis.call('SET', KEYS[2], ARGV[2])
return 1`;

/** The lock is renewed so many times in its lease: two renewals may fail before it is lost. */
const RENEWALS = 3;

/**
 * Milliseconds that the lock lasts at least from the moment at which a token request is sent, also with a shorter lease: a
 * process that is suspended then must not lose it before the response could have come.
 */
const REQUEST_LEASE = 15_000;

/**
 * Milliseconds between two attempts to take a lock that another owner has: a random time, so that waiters do not meet, and longer
 * the longer it takes.
 */
const SHORTEST_PAUSE = 5;
const FIRST_SPREAD = 20;
const LONGEST_SPREAD = 200;

/** Milliseconds for the reply to the last attempt: a healthy Redis needs one. */
const LAST_REPLY = 1_000;

/** The settings of a lock. */
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
   * Makes sure that the lock is held, and will be for as long as a token request takes. Redis itself looks at the lock, so
   * that a process which was suspended learns that another one has taken over.
   *
   * @throws TokenStoreError when the lock was lost, or when Redis takes no data.
   */
  async verify(): Promise<void> {
    const { key, lease } = this.#settings;
    const lasts = String(Math.max(lease, REQUEST_LEASE));
    const command = ["EVAL", VERIFY, "1", lockOf(key), this.#owner, lasts];
    if (!isOne(await this.#sendPatiently(command).catch(failing("lock", key)))) throw lost(key);
  }

  /**
   * Writes a text to the key. Redis itself looks at the lock, in the same step.
   *
   * @throws TokenStoreError when the lock was lost, or when the key holds other data.
   */
  async write(text: string): Promise<void> {
    const { key } = this.#settings;
    const command = ["EVAL", WRITE, "2", lockOf(key), key, this.#owner, text];
    const written = await this.#sendPatiently(command).catch(failing("write", key));
    if (isOne(written)) return;
    const kind = String(written);
    throw /^[a-z]/.test(kind) ? otherData(key, kind) : lost(key);
  }

  /** Releases the lock. It never fails: a lock that could not be released ends with its lease. */
  async release(): Promise<void> {
    this.#released = true;
    this.#settings.clock.clearTimeout(this.#timer);
    await releaseLock(this.#settings, this.#owner);
  }

  #sendPatiently(command: readonly string[]): Promise<unknown> {
    const { clock, send } = this.#settings;
    return sendPatiently({ clock, isIdempotent: true }, () => send(command));
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
 * Waits for the lock of a key among all its users.
 *
 * @throws TokenStoreError when the wait is over and another owner still has the lock, or when Redis does not reply; the
 * signal's reason when it aborts.
 */
export async function takeRedisLock(settings: RedisLockSettings, signal: AbortSignal | undefined): Promise<RedisLock> {
  const { key, lease, timeout, clock, send } = settings;
  const owner = crypto.randomUUID();
  const latest = clock.monotonic() + timeout;
  for (let spread = FIRST_SPREAD; ; spread = Math.min(spread * 1.2, LONGEST_SPREAD)) {
    signal?.throwIfAborted();
    const left = Math.max(0, latest - clock.monotonic()) + LAST_REPLY;
    const command = ["EVAL", TAKE, "1", lockOf(key), owner, String(lease)];
    const taking = sendPatiently({ clock, isIdempotent: true, signal }, () => send(command, left));
    try {
      if (isOne(await waitUnlessAborted(taking, signal))) return new RedisLock(settings, owner);
    } catch (error) {
      // Redis may take the lock for this owner all the same, as soon as it is back.
      void taking.catch(() => {}).then(() => releaseLock(settings, owner));
      if (signal?.aborted) throw error;
      return failing("lock", key)(error);
    }
    if (clock.monotonic() >= latest) throw stillLocked(key, timeout);
    await pause(clock, Math.min(SHORTEST_PAUSE + Math.random() * spread, latest - clock.monotonic()), signal);
  }
}

/** Releases the lock where this owner has it. It never fails. */
async function releaseLock({ key, clock, send }: RedisLockSettings, owner: string): Promise<void> {
  const command = ["EVAL", RELEASE, "1", lockOf(key), owner];
  await sendPatiently({ clock, isIdempotent: true }, () => send(command)).catch(() => {});
}

/** True for the number 1, also where the client is set to return numbers as strings. */
function isOne(reply: unknown): boolean {
  return String(reply) === "1";
}

/** Turns a failed command into an error of the store. Its message names the key, never what it holds. */
export function failing(purpose: string, key: string): (error: unknown) => never {
  return (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (/^WRONGTYPE\b/.test(reason) && purpose === "read") throw otherData(key, "list, set or hash");
    throw new TokenStoreError(`Cannot ${purpose} the tokens at the Redis key ${key}: ${reason}`, true);
  };
}

function lockOf(key: string): string {
  return keyBeside(key, "lock");
}

function lost(key: string): TokenStoreError {
  return new TokenStoreError(
    `The lock of the Redis key ${key} was lost, so its tokens were left as they are: another process may have written newer ones. Read them again. Did this process or Redis stand still for longer than the lease, or did Redis lose its memory?`,
    true,
  );
}

function otherData(key: string, kind: string): TokenStoreError {
  return new TokenStoreError(
    `The Redis key ${key} holds other data (a ${kind}), such as a quota. It was left as it is. Give redisTokenStore and redisQuota a key each.`,
    false,
  );
}

function stillLocked(key: string, timeout: number): TokenStoreError {
  return new TokenStoreError(
    `Waited ${timeout} ms for the lock of the Redis key ${key}, which another process still holds. Try again, let that work end, or give redisTokenStore a longer lockTimeout.`,
    true,
  );
}
