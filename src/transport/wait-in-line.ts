import type { Auth } from "../auth/auth.ts";
import type { Clock } from "../clock.ts";
import { QuotaError } from "../errors/quota-error.ts";
import { type Call, type Send, timeLeft } from "./call.ts";
import type { Emit } from "./events.ts";
import { factsOf } from "./facts.ts";
import type { QuotaPlace, QuotaRequest, RequestQuota } from "./quota.ts";

/** What the line works with. */
export interface LineSettings {
  readonly quota: RequestQuota | undefined;
  readonly auth: Auth | undefined;
  readonly clock: Clock;
  readonly emit: Emit;
}

/** Takes a place in the quota for each try, waiting in line where there is none. */
export function waitInLine(settings: LineSettings, next: Send): Send {
  const { quota } = settings;
  if (!quota) return next;
  return async (call) => {
    const place = await takePlace(settings, quota, call);
    try {
      return await next(call);
    } finally {
      place.done();
    }
  };
}

/**
 * A token call needs a place itself, so nobody may hold one while waiting for a token: all places could be taken by
 * requests that wait for a token which cannot be fetched for want of a place.
 */
async function takePlace(settings: LineSettings, quota: RequestQuota, call: Call): Promise<QuotaPlace> {
  const auth = call.operation.security.length > 0 ? settings.auth : undefined;
  let ticket: number | undefined;
  for (;;) {
    if (lacksToken(auth)) await auth.authorization(call.signal);
    let place: QuotaPlace;
    try {
      place = await quota.acquire(requestOf(settings, call, ticket));
    } catch (error) {
      throw named(error, call);
    }
    if (!lacksToken(auth)) return place;
    ticket = place.ticket;
    place.giveBack();
  }
}

function lacksToken(auth: Auth | undefined): auth is Auth {
  return auth?.isReady !== undefined && !auth.isReady();
}

function requestOf({ clock, emit }: LineSettings, call: Call, ticket: number | undefined): QuotaRequest {
  return {
    ticket,
    urgent: call.urgent,
    signal: call.signal,
    maxWait: Math.min(timeLeft(call, clock), call.options.timeout ?? Number.POSITIVE_INFINITY),
    onWait: (until) =>
      emit({
        type: "wait",
        operationId: call.operation.id,
        until: new Date(until),
        milliseconds: until - clock.now(),
      }),
  };
}

/** The quota does not know whose request it refuses. */
function named(error: unknown, call: Call): unknown {
  if (!(error instanceof QuotaError)) return error;
  const { code, retryable, retryAt } = error;
  return new QuotaError(`${call.operation.id}: ${error.message}`, { ...factsOf(call), code, retryable, retryAt });
}
