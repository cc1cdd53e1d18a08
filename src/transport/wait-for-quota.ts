import type { Auth } from "../auth/auth.ts";
import type { Clock } from "../base/clock.ts";
import { QuotaError } from "../errors/client-errors.ts";
import type { QuotaLimiter } from "../quota/quota.ts";
import { type Call, type Handler, timeLeft } from "./call.ts";
import { errorDetails } from "./error-details.ts";
import type { Emit } from "./events.ts";

/** What the line works with. */
export interface QuotaStepSettings {
  readonly quota: QuotaLimiter | undefined;
  readonly auth: Auth | undefined;
  readonly clock: Clock;
  readonly emit: Emit | undefined;
}

/**
 * Takes a place in the quota for each try, waiting in line where there is none.
 *
 * A token call needs a place itself, so nobody may hold one while waiting for a token: all places could be taken by
 * requests that wait for a token which cannot be fetched for want of a place.
 */
export function waitForQuota({ quota, auth, clock, emit }: QuotaStepSettings, next: Handler): Handler {
  if (!quota) return next;
  const lacksToken = ({ operation }: Call) => operation.security.length > 0 && auth?.isReady?.() === false;
  return async (call) => {
    const { operation, options, signal, urgent } = call;
    let ticket: number | undefined;
    for (;;) {
      if (lacksToken(call)) await auth?.authorization(signal);
      const left = timeLeft(call, clock);
      const place = await quota
        .acquire({
          ticket,
          urgent,
          signal,
          maxWait: Math.min(left, options.timeout ?? left),
          onWait: (until) =>
            emit?.({
              type: "quota_wait",
              callId: call.id,
              operationId: operation.id,
              until: new Date(until),
              milliseconds: until - clock.now(),
            }),
        })
        .catch((error) => {
          // The quota does not know whose request it refuses.
          if (!(error instanceof QuotaError)) throw error;
          throw new QuotaError(`${operation.id}: ${error.message}`, {
            ...errorDetails(call, "quota_exceeded"),
            ...error,
          });
        });
      if (lacksToken(call)) {
        ticket = place.ticket;
        place.cancel();
        continue;
      }
      try {
        return await next(call);
      } finally {
        place.release();
      }
    }
  };
}
