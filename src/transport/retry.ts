import type { Auth } from "../auth/auth.ts";
import { type Clock, pause } from "../clock.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { type Answer, type Call, type Send, timeLeft } from "./call.ts";
import type { Emit } from "./events.ts";
import type { RequestQuota } from "./quota.ts";
import { retryTime } from "./retry-after.ts";
import { checkRetry, mayRepeatAfter, type RetryPlan } from "./retry-options.ts";

/** What the retry loop works with. */
export interface RetrySettings {
  readonly retry: RetryPlan;
  readonly auth: Auth | undefined;
  readonly quota: RequestQuota | undefined;
  readonly clock: Clock;
  /** A random number from 0 up to 1. */
  readonly random: () => number;
  readonly emit: Emit;
}

/** How many tokens that siblings left may turn out to be over before a call gives up. */
const LONGEST_CHAIN = 3;

/**
 * Sends a request again where that is safe and has a chance: after a connection error, a 429, 502, 503, 504, a bare 500
 * of a GET, and once with a newer token after a 401. Every try goes through all that follows, so it is counted by the
 * quota and carries the current token.
 */
export function retry(settings: RetrySettings, next: Send): Send {
  return async (call) => {
    const options = call.options.retry === undefined ? settings.retry : checkRetry(call.options.retry);
    let adoptions = 0;
    let renewed = false;
    let tries = 0;
    for (;;) {
      let outcome: Outcome;
      try {
        outcome = { answer: await next(call) };
      } catch (error) {
        outcome = { error };
      }
      tries++;
      if (outcome.answer?.response.status === 401 && !renewed && adoptions < LONGEST_CHAIN) {
        const token = await renew(settings, call);
        renewed = token === "new";
        adoptions++;
        if (token) {
          tries--;
          continue;
        }
      }
      const until = repeatAt(settings, options, call, outcome, tries);
      if (until === undefined) return finish(outcome);
      const delay = Math.max(0, until - settings.clock.now());
      const reason = outcome.answer ? `status ${outcome.answer.response.status}` : (outcome.error as Error).name;
      settings.emit({ type: "retry", operationId: call.operation.id, attempt: tries + 1, delay, reason });
      await pause(settings.clock, delay, call.signal);
    }
  };
}

type Outcome =
  | { readonly answer: Answer; readonly error?: undefined }
  | { readonly answer?: undefined; readonly error: unknown };

/** Asks for a token newer than the one that was refused. */
async function renew({ auth }: RetrySettings, call: Call): Promise<"new" | "adopted" | undefined> {
  const rejected = call.history.authorization;
  if (!auth?.renew || rejected === undefined) return undefined;
  return auth.renew(rejected, call.signal);
}

/** When to send the request again, in milliseconds since 1970 (UTC), or undefined when it is over. */
function repeatAt(
  settings: RetrySettings,
  options: RetryPlan,
  call: Call,
  { answer, error }: Outcome,
  tries: number,
): number | undefined {
  const now = settings.clock.now();
  const backOff = now + settings.random() * Math.min(options.maxDelay, options.baseDelay * 2 ** tries);
  const named = answer && [429, 503].includes(answer.response.status) ? retryTime(answer, now) : undefined;
  call.history.retryAt = named;
  // The whole line waits for what the server names, whether this call goes on or not.
  if (answer?.response.status === 429) settings.quota?.pause(named ?? backOff);
  const repeats = answer
    ? mayRepeatAfter(answer.response.status, call.operation)
    : call.operation.repeatable === true && isOwnFailure(error, call);
  if (!repeats || tries >= options.attempts || call.signal?.aborted) return undefined;
  const until = named ?? backOff;
  const longest = Math.min(
    timeLeft(call, settings.clock),
    named === undefined ? Number.POSITIVE_INFINITY : maxWaitOf(settings),
  );
  return until - now <= longest ? until : undefined;
}

/** A failure on the way to the token endpoint is not this request's: the session decides about that. */
function isOwnFailure(error: unknown, call: Call): boolean {
  const lost = error instanceof ConnectionError || error instanceof TimeoutError;
  return lost && error.operationId === call.operation.id;
}

function maxWaitOf({ quota }: RetrySettings): number {
  return quota?.maxWait ?? Number.POSITIVE_INFINITY;
}

function finish(outcome: Outcome): Answer {
  if (outcome.answer) return outcome.answer;
  throw outcome.error;
}
