import type { Auth } from "../auth/auth.ts";
import { waitUnlessAborted } from "../base/abort.ts";
import { toSignal } from "../base/abort-scope.ts";
import { type Clock, pause } from "../base/clock.ts";
import { connectionPhase } from "../base/connection-phase.ts";
import { ConnectionError, TimeoutError } from "../errors/client-errors.ts";
import { codeOf } from "../errors/code-of.ts";
import { isRetryable, type RetryPolicy } from "../errors/retry-policy.ts";
import type { QuotaLimiter } from "../quota/quota.ts";
import { type Call, type Handler, hasCredential, type ReceivedResponse, timeLeft } from "./call.ts";
import type { Emit } from "./events.ts";
import { retryTime } from "./retry-after.ts";

/** The settings of the retry loop. */
export interface RetrySettings {
  readonly auth?: Auth | undefined;
  readonly quota: QuotaLimiter | undefined;
  readonly clock: Clock;
  /** A random number from 0 up to 1. */
  readonly random: () => number;
  readonly emit: Emit | undefined;
}

type Refreshed = Awaited<ReturnType<NonNullable<Auth["refresh"]>>>;

/** How many tokens from other sessions may turn out to be expired before a call fails. */
const MOST_SHARED_TOKENS = 3;

/**
 * Sends a request again where the retry policy allows it, and once with a newer token after a 401. Every attempt goes
 * through all steps that follow, so it is counted by the quota and carries the current token.
 */
export function retry(settings: RetrySettings, next: Handler): Handler {
  const { auth, clock, random, emit } = settings;
  return async (call, signal) => {
    const { operation, history, retry: policy } = call;
    // What the account's quota does not count says nothing about it: a streamer may have a limit of its own.
    const quota = hasCredential(call) ? settings.quota : undefined;
    let refreshes = MOST_SHARED_TOKENS;
    let again: boolean = false;
    let mayHaveSucceeded = false;
    for (let attempt = 1; ; ) {
      let received: ReceivedResponse | undefined;
      let failure: Error | undefined;
      history.retryAt = undefined;
      try {
        received = await next(call, signal);
      } catch (error) {
        if (!isOwnFailure(error, call) || signal?.aborted) throw error;
        failure = error;
      }
      if (received?.response.ok) return received;
      const status = received?.response.status;
      // A DELETE whose first response was lost has succeeded: the object that it removed is not found any more.
      if (status === 404 && operation.method === "DELETE" && mayHaveSucceeded)
        return { response: new Response(null, { status: 204 }), text: "" };
      if (status === 401 && refreshes > 0 && history.authorization) {
        // A new token that is rejected too is reported: the session remembers that a refresh does not help here.
        const rejected: string = history.authorization;
        const token: Refreshed = await waitUnlessAborted(
          auth?.refresh?.({ rejected, again, signal: toSignal(signal) }),
          signal,
        );
        refreshes = again ? 0 : refreshes - 1;
        again = token === "refreshed";
        if (token) continue;
      }
      const now = clock.now();
      const named = received && retryTime(received, now);
      const delay = named === undefined ? backOff(policy, attempt, random()) : named - now;
      history.retryAt = named;
      // The whole queue waits until the time that the server names, whether this call goes on or not.
      if (status === 429) quota?.pause(now + delay);
      const isTooLate = delay >= timeLeft(call, clock) || (named !== undefined && quota && delay > quota.maxWait);
      if (isTooLate || attempt >= policy.attempts || !isRetryable(operation, status, policy)) {
        if (received) return received;
        throw failure;
      }
      mayHaveSucceeded ||= received ? mayHaveHadEffect(received.response.status) : mayHaveArrived(failure);
      attempt++;
      emit?.({
        type: "retry",
        callId: call.id,
        operationId: operation.id,
        attempt,
        delay,
        status,
        error: failure && codeOf(failure),
      });
      await pause(clock, delay, signal);
    }
  };
}

/** A failure on the way to the token endpoint is not this request's: the session decides about that. */
function isOwnFailure(error: unknown, { operation }: Call): error is Error {
  const isLost = error instanceof ConnectionError || error instanceof TimeoutError;
  return isLost && error.operationId === operation.id;
}

/** False for a 4xx and a 503, which mean that the request had no effect. */
function mayHaveHadEffect(status: number): boolean {
  return status !== 503 && status >= 500;
}

/** False for a request that never left: there was no connection for it. */
function mayHaveArrived(failure: Error | undefined): boolean {
  return connectionPhase(failure?.cause) === "request";
}

/** Milliseconds of a random part of an exponentially growing delay ("full jitter"). */
function backOff({ baseDelay, maxDelay }: RetryPolicy, attempt: number, random: number): number {
  return random * Math.min(maxDelay, baseDelay * 2 ** attempt);
}
