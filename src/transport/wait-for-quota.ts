import type { Auth } from "../auth/auth.ts";
import { throwIfAborted, waitUnlessAborted, withAbort } from "../base/abort.ts";
import { type Abortable, toSignal } from "../base/abort-scope.ts";
import type { Clock } from "../base/clock.ts";
import { QuotaError } from "../errors/client-errors.ts";
import type { QuotaLimiter, QuotaSlot } from "../quota/quota.ts";
import { type Call, type Handler, hasCredential, timeLeft } from "./call.ts";
import { errorDetails } from "./error-details.ts";
import type { Emit } from "./events.ts";

/** The part of the time left that a call keeps for its request: what starts right before its deadline cannot end well. */
const SHARE_FOR_REQUEST = 0.05;

/** Milliseconds that this part has at most. */
const LONGEST_SHARE = 1_000;

/** The settings of the quota step. */
export interface QuotaStepSettings {
  readonly quota: QuotaLimiter | undefined;
  readonly auth?: Auth | undefined;
  readonly clock: Clock;
  readonly emit: Emit | undefined;
}

/**
 * Takes a slot of the quota for each attempt, waiting in the queue where none is free, and releases it when the attempt
 * has ended.
 *
 * A token request needs a slot itself, so a call without a valid token holds none: all slots could be taken by calls
 * that wait for a token which cannot be requested for want of a slot. A call whose turn comes before its token returns the
 * slot, and goes before others from then on, so that those behind it do not overtake it.
 */
export function waitForQuota(settings: QuotaStepSettings, next: Handler): Handler {
  const { quota, auth } = settings;
  if (!quota) return next;
  const lacksToken = ({ operation }: Call) =>
    operation.security.length > 0 && auth?.tryAuthorization !== undefined && auth.tryAuthorization() === undefined;
  return async (call, signal) => {
    if (!hasCredential(call)) return next(call, signal);
    const sentBefore = call.history.attempts;
    // False for an auth that has no token at hand right after it was asked for one: to wait for that again would not end.
    let mayReturnSlot = true;
    for (let priority: 0 | 1 | 2 = call.urgent ? 2 : 0; ; priority = 1) {
      throwIfAborted(signal);
      // The token is requested while the call waits in the queue.
      const token = mayReturnSlot && lacksToken(call) ? auth?.authorization(toSignal(signal)) : undefined;
      const free = token ? undefined : quota.tryAcquire?.();
      const slot = free ?? (await acquire(settings, quota, call, signal, priority, token));
      try {
        // A slot that was free at once was taken with a token at hand; behind a wait that has to be looked at again.
        if (free || !mayReturnSlot || !lacksToken(call)) return await next(call, signal);
      } finally {
        // The server counts what was sent.
        if (call.history.attempts > sentBefore) slot.release();
        else slot.cancel();
      }
      await waitUnlessAborted(auth?.authorization(toSignal(signal)), signal);
      mayReturnSlot = !lacksToken(call);
    }
  };
}

/** Waits for a slot until the deadline comes too close, or until the token that the call needs is rejected. */
function acquire(
  { clock, emit }: QuotaStepSettings,
  quota: QuotaLimiter,
  call: Call,
  signal: Abortable | undefined,
  priority: 0 | 1 | 2,
  token: Promise<unknown> | undefined,
): Promise<QuotaSlot> {
  const { operation, id: callId } = call;
  const left = timeLeft(call, clock);
  // A caller who has given up hears nothing of it.
  token?.catch(() => {});
  return withAbort(signal, (resolve, reject) => {
    const controller = new AbortController();
    token?.catch(reject);
    const request = {
      signal: controller.signal,
      maxWait: left - Math.min(left * SHARE_FOR_REQUEST, LONGEST_SHARE),
      priority,
      onWait(until: number) {
        const milliseconds = until - clock.now();
        emit?.({ type: "quota_wait", callId, operationId: operation.id, until: new Date(until), milliseconds });
      },
    };
    quota.acquire(request).then(
      // A call that has just given up must not keep its slot.
      (slot) => (controller.signal.aborted ? slot.cancel() : resolve(slot)),
      (error) => reject(ofCall(error, call)),
    );
    return (reason) => {
      if (reason !== undefined) controller.abort(reason);
    };
  });
}

/** Adds the call to the error of the quota, which does not know its calls. */
function ofCall(error: unknown, call: Call): unknown {
  if (!(error instanceof QuotaError)) return error;
  const details = { ...errorDetails(call, "quota_exceeded"), ...error };
  return new QuotaError(`${call.operation.id}: ${error.message}`, details, error.cause);
}
