import { type Clock, pause } from "../base/clock.ts";
import type { RequestOptions } from "../client/request-options.ts";
import { AngelcamError } from "../errors/angelcam-error.ts";
import { TimeoutError } from "../errors/client-errors.ts";
import { checkTimes } from "../transport/call-options.ts";

/** What every helper that waits for something takes; the rest goes to every request it makes. */
export interface PollingOptions extends Pick<RequestOptions, "headers" | "retry" | "server" | "space"> {
  /** Ends the wait when it aborts: the call then rejects with the signal's reason. What Angelcam has begun goes on. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that the whole wait may take, every request and pause included. */
  timeout?: number | undefined;
  /** Where time comes from, for tests that do not want to wait. */
  clock?: Clock | undefined;
  /** Where chance comes from, a number from 0 up to 1, for tests that want it foreseeable. */
  random?: (() => number) | undefined;
}

/** What a request of a wait is told: when to give up, and what the caller wants of every request. */
export type PolledRequest = RequestOptions & { readonly signal: AbortSignal };

/** A wait under way. */
export interface Wait {
  /** For each request of the wait. */
  readonly request: PolledRequest;
  /**
   * Reads again and again, with growing pauses, until it is told that this is what it waited for.
   *
   * @param known What is known before the first request; without it the first request goes out at once.
   * @throws What `read` or `isDone` throws, the signal's reason, or `TimeoutError`.
   */
  until<T>(known: T | undefined, read: () => Promise<T>, isDone: (value: T) => boolean): Promise<T>;
}

/**
 * The first pause, and the longest. Nothing tells how long things take, so these are ours: a wait of ten minutes costs some 26
 * requests of the 1000 a day, see spec/guides/limits.md.
 */
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 30_000;

/** How much longer each pause is than the one before. */
const GROWTH = 1.5;

/** The part of a pause that chance may take away, so that many waits do not ask at the same moment. */
const JITTER = 0.2;

/** How many requests in a row may fail, in a way that may pass, before the wait ends. */
const FAILURES = 3;

/**
 * Runs something that takes many requests, within a time and until an abort.
 *
 * @param what Names it in errors: `createClip`.
 * @param timeout Milliseconds without a `timeout` in the options.
 * @param onTimeout What to say when the time is over.
 */
export async function waiting<T>(
  what: string,
  options: PollingOptions & { readonly clock: Clock },
  timeout: number,
  onTimeout: () => string,
  work: (wait: Wait) => Promise<T>,
): Promise<T> {
  checkTimes(`${what}: `, { timeout: options.timeout });
  const { signal, clock, random = Math.random } = options;
  const milliseconds = options.timeout ?? timeout;
  const deadline = clock.now() + milliseconds;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const timer = Number.isFinite(milliseconds)
    ? clock.setTimeout(() => controller.abort(timeoutError(what, milliseconds, onTimeout())), milliseconds)
    : undefined;
  const request = { ...requestOptionsOf(options), signal: controller.signal };
  try {
    return await work({
      request,
      until: (known, read, isDone) => poll(known, read, isDone, { clock, random, deadline, signal: controller.signal }),
    });
  } finally {
    if (timer !== undefined) clock.clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

/**
 * Writes into an error what the caller needs to go on: the id of what has been begun. The reason of the caller's own
 * abort stays as it is.
 */
export async function naming<T>(
  ids: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
  promise: Promise<T>,
): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Error && !(signal?.aborted && error === signal.reason)) {
      for (const [name, value] of Object.entries(ids)) {
        // Unlike its namesake of Object, it does not throw for an error that was frozen.
        Reflect.defineProperty(error, name, { value, enumerable: true, configurable: true });
      }
    }
    throw error;
  }
}

/** The id that a failure carries under a name, where it carries one. */
export function idIn(error: unknown, name: string): string | undefined {
  const id = typeof error === "object" && error !== null ? (error as Record<string, unknown>)[name] : undefined;
  return typeof id === "string" ? id : undefined;
}

interface Pace {
  readonly clock: Clock;
  readonly random: () => number;
  readonly deadline: number;
  readonly signal: AbortSignal;
}

async function poll<T>(
  known: T | undefined,
  read: () => Promise<T>,
  isDone: (value: T) => boolean,
  { clock, random, deadline, signal }: Pace,
): Promise<T> {
  if (known !== undefined && isDone(known)) return known;
  let length = known === undefined ? 0 : FIRST_PAUSE;
  let notBefore = 0;
  let failures = 0;
  for (;;) {
    const now = clock.now();
    const next = Math.max(now + length * (1 - JITTER * random()), notBefore);
    if (next > now) await pause(clock, next - now, signal);
    try {
      const value = await read();
      if (isDone(value)) return value;
      failures = 0;
      notBefore = 0;
    } catch (error) {
      notBefore = tryAgainAt(error);
      if (++failures >= FAILURES || notBefore >= deadline) throw error;
    }
    length = Math.min(Math.max(length * GROWTH, FIRST_PAUSE), LONGEST_PAUSE);
  }
}

/** Milliseconds since 1970 (UTC) from which on another request makes sense, which may be never. */
function tryAgainAt(error: unknown): number {
  if (!(error instanceof AngelcamError && error.retryable)) return Number.POSITIVE_INFINITY;
  return error.retryAt?.getTime() ?? 0;
}

function requestOptionsOf({ headers, retry, server, space }: PollingOptions): RequestOptions {
  return { headers, retry, server, space };
}

function timeoutError(what: string, milliseconds: number, advice: string): TimeoutError {
  return new TimeoutError(`${what} did not end within ${milliseconds} ms. ${advice}`, {
    code: "timeout",
    retryable: false,
  });
}
