import type { Auth } from "../auth/auth.ts";
import type { Clock } from "../base/clock.ts";
import type { SharedTimer } from "../base/shared-timer.ts";
import type { QuotaLimiter } from "../quota/quota.ts";
import { authorize } from "./authorize.ts";
import type { Handler } from "./call.ts";
import { coalesce } from "./coalesce.ts";
import type { Emit } from "./events.ts";
import { fetchResponse } from "./fetch-response.ts";
import { checkDeadline, limitAttempt } from "./limit-time.ts";
import { reportEvents } from "./report-events.ts";
import { retry } from "./retry.ts";
import { waitForQuota } from "./wait-for-quota.ts";

/** The settings of the steps; the client has checked all of them. */
export interface PipelineSettings {
  readonly auth?: Auth | undefined;
  /** Milliseconds an attempt. */
  readonly timeout: number;
  readonly quota: QuotaLimiter | undefined;
  /** @default false */
  readonly coalesce?: boolean | undefined;
  /** Bytes of the largest response that is read. */
  readonly maxResponseSize: number;
  readonly clock: Clock;
  /** A random number from 0 up to 1. */
  readonly random: () => number;
  readonly emit: Emit | undefined;
}

/**
 * The steps of a call, outermost first. Their order is decided here alone: each attempt is counted by the quota and carries
 * the current token, and what is never sent is neither counted nor reported.
 */
export function createPipeline(settings: PipelineSettings, timer: SharedTimer): Handler {
  const { auth, clock, emit, maxResponseSize, timeout } = settings;
  const steps: ((next: Handler) => Handler)[] = [
    (next) => coalesce(settings, next),
    (next) => retry(settings, next),
    (next) => waitForQuota(settings, next),
    (next) => authorize(auth, next),
    (next) => checkDeadline(clock, next),
    (next) => reportEvents(clock, emit, next),
    (next) => limitAttempt(timeout, clock, timer, next),
  ];
  return steps.reduceRight<Handler>((next, step) => step(next), fetchResponse(maxResponseSize));
}
