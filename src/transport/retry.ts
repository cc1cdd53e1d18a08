import type { Auth } from "../auth/auth.ts";
import { type Clock, pause } from "../base/clock.ts";
import type { Operation } from "../client/operation.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import type { QuotaLimiter } from "../quota/quota.ts";
import type { Answer, Handler } from "./call.ts";
import type { Emit } from "./events.ts";
import { retryTime } from "./retry-after.ts";
import { checkRetry, mayRepeatAfter, type RetryPlan } from "./retry-options.ts";

/** What the retry loop works with. */
export interface RetrySettings {
  readonly retry: RetryPlan;
  readonly auth: Auth | undefined;
  readonly quota: QuotaLimiter | undefined;
  readonly clock: Clock;
  /** A random number from 0 up to 1. */
  readonly random: () => number;
  readonly emit: Emit | undefined;
}

/** How many tokens that siblings left may turn out to be over before a call gives up. */
const LONGEST_CHAIN = 3;

/**
 * Sends a request again where that is safe and has a chance: after a connection error, a 429, 502, 503, 504, a bare 500
 * of a GET, and once with a newer token after a 401. Every try goes through all that follows, so it is counted by the
 * quota and carries the current token.
 */
export function retry({ auth, quota, clock, random, emit, retry: usual }: RetrySettings, next: Handler): Handler {
  return async (call) => {
    const { operation, history, options, signal } = call;
    const plan = options.retry === undefined ? usual : checkRetry(options.retry);
    let renewals = LONGEST_CHAIN;
    let tries = 1;
    for (;;) {
      let answer: Answer | undefined;
      let failure: Error | undefined;
      history.retryAt = undefined;
      try {
        answer = await next(call);
        if (answer.response.ok) return answer;
      } catch (error) {
        if (!isOwnFailure(error, operation)) throw error;
        failure = error;
      }
      const status = answer?.response.status;
      if (status === 401 && renewals > 0 && history.authorization) {
        const token = await auth?.refresh?.({ rejected: history.authorization, signal });
        renewals = token === "refreshed" ? 0 : renewals - 1;
        if (token) continue;
      }
      const now = clock.now();
      const named = answer && retryTime(answer, now);
      const until = named ?? now + random() * Math.min(plan.maxDelay, plan.baseDelay * 2 ** tries);
      history.retryAt = named;
      // The whole line waits for what the server names, whether this call goes on or not.
      if (status === 429) quota?.pause(until);
      const delay = until - now;
      const tooLate = until > call.deadline || (named && quota && delay > quota.maxWait);
      if (tooLate || tries >= plan.attempts || (answer && !mayRepeatAfter(answer.response.status, operation))) {
        if (answer) return answer;
        throw failure;
      }
      tries++;
      const reason = failure?.name ?? `status ${status}`;
      emit?.({ type: "retry", operationId: operation.id, attempt: tries, delay, reason });
      await pause(clock, delay, signal);
    }
  };
}

/** A failure on the way to the token endpoint is not this request's: the session decides about that. */
function isOwnFailure(error: unknown, { id, repeatable }: Operation): error is Error {
  const isLost = error instanceof ConnectionError || error instanceof TimeoutError;
  return isLost && error.operationId === id && repeatable === true;
}
