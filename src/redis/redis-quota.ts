import { type Clock, systemClock } from "../base/clock.ts";
import { type QuotaLimiter, type QuotaUsage, type QuotaWindow, quotaDefaults } from "../quota/quota.ts";
import { checkQuota } from "../quota/quota-checks.ts";
import { checkKey, commandsOf, type RedisClient } from "./redis-client.ts";
import { SharedQuota } from "./shared-quota.ts";

/** Twice the default timeout of a request. */
const LONGEST_REQUEST = 60_000;

/** Which account's quota it is, and how large. All processes of the account have to say the same. */
export interface RedisQuotaOptions {
  /** The key of the account's quota. Further keys beside it begin with the same name. */
  key: string;
  /**
   * The windows that all hold at once.
   *
   * @default those of `Quota`
   */
  windows?: readonly QuotaWindow[] | undefined;
  /**
   * Milliseconds that a request may wait in line. A longer wait fails at once with `QuotaError`.
   *
   * @default 60_000
   */
  maxWait?: number | undefined;
  /**
   * Milliseconds that one try of a request may take at most. The place of a process that died counts as used for so long.
   * Make it longer where you give calls a longer `timeout` than this.
   *
   * @default 60_000
   */
  longestRequest?: number | undefined;
  /** Where waits take their time from. The windows go by the clock of Redis. For tests. */
  clock?: Clock | undefined;
}

/** A quota that all processes of an account share. */
export interface RedisQuota extends QuotaLimiter {
  /**
   * The windows as Redis last told them: with each request that took a place, waited or ended. Before the first one they are
   * unused. `refresh` asks Redis now.
   */
  snapshot(): QuotaUsage[];
  /**
   * Asks Redis for the windows as they stand.
   *
   * @throws QuotaError when Redis does not answer.
   */
  refresh(): Promise<QuotaUsage[]>;
}

/**
 * The requests that an account may spend, counted in Redis for all its processes, and one line for all that wait: first come,
 * first served, also between processes.
 *
 * - Never more than the limit in any sliding window, whatever the clocks of the processes say: Redis counts, in one step,
 *   by its own clock.
 * - A process that dies in line holds the others up for three seconds at most. The place of a request that it had under way
 *   is used until the longest request would have ended, and a window's length on.
 * - When Redis cannot be asked, nothing is sent: `QuotaError` without `retryAt`.
 *
 * @throws TypeError or RangeError for a bad argument.
 *
 * @example
 * ```ts
 * import { redisQuota } from "angelcam-client/redis";
 *
 * const angelcam = new Angelcam({ auth: session, quota: redisQuota(client, { key: "angelcam:quota" }) });
 * ```
 */
export function redisQuota(client: RedisClient, options: RedisQuotaOptions): RedisQuota {
  const { key, windows = quotaDefaults.windows, maxWait = quotaDefaults.maxWait } = options ?? {};
  const { longestRequest = LONGEST_REQUEST, clock = systemClock } = options ?? {};
  checkKey(key, "redisQuota");
  checkQuota(windows, maxWait);
  if (!Number.isSafeInteger(longestRequest) || longestRequest < 1) {
    throw new RangeError("longestRequest must be a whole number of milliseconds from 1 up");
  }
  return new SharedQuota({ key, windows, maxWait, life: longestRequest, clock, send: commandsOf(client, clock) });
}
