import { checkOptionNames } from "../base/check-names.ts";
import { checkClock } from "../base/check-type.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { checkQuota, quotaDefaults } from "../quota/options.ts";
import type { QuotaLimiter } from "../quota/quota.ts";
import type { QuotaUsage, QuotaWindow } from "../quota/window.ts";
import { checkKey, commandsOf, type RedisClient, type SendCommand } from "./redis-client.ts";
import { sendPatiently } from "./send-patiently.ts";
import { SharedQuota } from "./shared-quota.ts";

/** Twice the default timeout of a request. */
const LONGEST_REQUEST = 60_000;

/** Options of a shared quota. They must be equal in all processes of the account. */
export interface RedisQuotaOptions {
  /** The key of the account's quota. Further keys beside it begin with the same name. */
  key: string;
  /**
   * The limits of the account, which all hold at once.
   *
   * @default those of `Quota`
   */
  windows?: readonly QuotaWindow[] | undefined;
  /**
   * Milliseconds that a request may wait in the queue. A longer wait fails at once with `QuotaError`.
   *
   * Minimum: 0, which never waits.
   *
   * @default Infinity: a call waits as long as its `deadline` allows
   */
  maxWait?: number | undefined;
  /**
   * Milliseconds that one attempt of a request may take at most. The slot of a process that died counts as used for so long.
   * Set it higher than the longest `timeout` that you pass to a call.
   *
   * @default 60_000
   */
  longestRequest?: number | undefined;
  /** The clock for waits, for tests. The windows go by the clock of Redis. */
  clock?: Clock | undefined;
}

/** A quota that all processes of an account share. */
export interface RedisQuota extends QuotaLimiter {
  /**
   * The windows as of the last exchange with Redis, which takes place whenever a request gets a slot, waits or ends.
   * Before the first one they are unused. `refresh` asks Redis now.
   */
  snapshot(): QuotaUsage[];
  /**
   * Asks Redis for the windows.
   *
   * @throws QuotaError when Redis does not respond.
   */
  refresh(): Promise<QuotaUsage[]>;
}

/**
 * The rate limiter of an account in Redis, for all its processes: they share its windows, and one queue, first in, first
 * out.
 *
 * - Never more than the limit in any sliding window, for any clocks of the processes: Redis counts, in one atomic step, by
 *   its own clock. When that clock is set back, no wait gets longer.
 * - A process that dies in the queue delays the others for three seconds at most. The slot of a request that it had under
 *   way is used until the longest request would have ended, and one window longer.
 * - While a replica takes over (`READONLY`), requests wait for up to five seconds. When Redis does not respond, nothing is sent:
 *   `QuotaError` without `retryAt`.
 *
 * @throws TypeError or RangeError for an invalid argument.
 *
 * @example
 * ```ts
 * import { redisQuota } from "angelcam-client/redis";
 *
 * const angelcam = new Angelcam({ auth: session, quota: redisQuota(client, { key: "angelcam:quota" }) });
 * ```
 */
export function redisQuota(client: RedisClient, options: RedisQuotaOptions): RedisQuota {
  checkOptionNames("redisQuota", options, ["key", "windows", "maxWait", "longestRequest", "clock"]);
  const { key, windows = quotaDefaults.windows, maxWait = quotaDefaults.maxWait } = options;
  const { longestRequest = LONGEST_REQUEST, clock = systemClock } = options;
  checkClock("redisQuota: ", clock);
  checkKey(key, "redisQuota");
  checkQuota(windows, maxWait);
  if (!Number.isSafeInteger(longestRequest) || longestRequest < 1) {
    throw new RangeError("longestRequest must be a whole number of milliseconds from 1 up");
  }
  const once = commandsOf(client, clock);
  // After a lost connection it is not known what Redis has done: the requests fail, and the client's own settings decide about
  // sending a command again, which finds its slots.
  const send: SendCommand = (command) => sendPatiently({ clock, isIdempotent: false }, () => once(command));
  return new SharedQuota({ key, windows, maxWait, life: longestRequest, clock, send });
}
