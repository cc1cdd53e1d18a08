import { throwIfAborted } from "../base/abort.ts";
import { checkClock, checkFunctions } from "../base/check-type.ts";
import { type Clock, pause, systemClock } from "../base/clock.ts";
import { withDeadline } from "../base/time-limit.ts";
import type { RequestOptions } from "../client/request-options.ts";
import { AngelcamError } from "../errors/angelcam-error.ts";
import { TimeoutError } from "../errors/client-errors.ts";
import { callOptionNames, checkCallOptions } from "../transport/call-options.ts";
import { requestOptionsOf } from "./request-options-of.ts";

/** Options of every helper that waits for a result. The rest goes to every request: `timeout`, `space`, ... */
export interface PollingOptions extends RequestOptions {
  /** Ends the wait when it aborts: the call then rejects with the signal's reason. Work that Angelcam has begun goes on. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that the whole wait may take, every request and pause included. At least 1. */
  deadline?: number | undefined;
  /**
   * The source of time, for tests that do not want to wait.
   *
   * @default the clock of the machine
   */
  clock?: Clock | undefined;
  /**
   * The source of chance, a number from 0 up to 1, for tests that want it foreseeable.
   *
   * @default Math.random
   */
  random?: (() => number) | undefined;
}

/** Names of the options of every wait. */
export const pollingOptionNames: readonly string[] = [...callOptionNames, "clock", "random"];

/** Options of a request of a wait: when to give up, and what the caller wants of every request. */
export type PolledRequest = RequestOptions & { readonly signal: AbortSignal };

/** A wait under way. */
export interface Wait {
  /** For each request of the wait. */
  readonly request: PolledRequest;
  /** When the wait ends, in milliseconds of the monotonic clock. */
  readonly deadline: number;
  readonly clock: Clock;
  readonly random: () => number;
  /**
   * Reads again and again, with growing pauses, until `isDone` returns true.
   *
   * @param known The value before the first request; without it the first request is sent at once.
   * @throws What `read` or `isDone` throws, the signal's reason, or `TimeoutError`.
   */
  until<T>(known: T | undefined, read: () => Promise<T>, isDone: (value: T) => boolean): Promise<T>;
}

/** How long the pauses between requests are, in milliseconds. */
export interface Pace {
  readonly first: number;
  readonly longest: number;
  /** How much longer each pause is than the one before. */
  readonly growth: number;
}

/** No document says how long results take, so these are ours: a wait of ten minutes costs some 26 requests. */
const PACE: Pace = { first: 2000, longest: 30_000, growth: 1.5 };

/** The part of a pause that chance may take away, so that many programs do not send requests at the same moment. */
const JITTER = 0.2;

/** How many requests in a row may fail in a retryable way before the wait ends. */
export const MOST_FAILURES = 3;

/**
 * Runs work that takes many requests, within a time and until an abort.
 *
 * @param name Names the helper in errors: `createClip`.
 * @param standard Milliseconds without a `deadline` in the options.
 * @param onTimeout The advice in the error when the time is over.
 */
export async function withPolling<T>(
  name: string,
  options: PollingOptions,
  standard: number,
  onTimeout: () => string,
  work: (wait: Wait) => Promise<T>,
): Promise<T> {
  const { clock = systemClock, random = Math.random } = options;
  // The deadline is that of the wait: each request has the client's own, and ends with the wait.
  const { signal, deadline: milliseconds = standard, ...requestOptions } = requestOptionsOf(options);
  checkCallOptions(name, { ...requestOptions, signal, deadline: milliseconds });
  checkClock(`${name}: `, clock);
  checkFunctions(`${name}: `, { random });
  const deadline = clock.monotonic() + milliseconds;
  throwIfAborted(signal);
  const poller = (signal: AbortSignal) => {
    const wait = { request: { ...requestOptions, signal }, deadline, clock, random };
    return work({ ...wait, until: (known, read, isDone) => poll(known, read, isDone, wait) });
  };
  const tooLate = () => timeoutError(name, milliseconds, onTimeout());
  return withDeadline(clock, milliseconds, signal, poller, tooLate);
}

/**
 * Writes into an error what the caller needs to go on: the id of what has been begun. The reason of the caller's own
 * abort stays as it is.
 */
export async function attachIds<T>(
  ids: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
  promise: Promise<T>,
): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (!(error instanceof Error) || (signal?.aborted && error === signal.reason)) throw error;
    // Waits that share a request share its error: each throws its own, for each has another id.
    const isShared = Object.keys(ids).some((name) => Object.hasOwn(error, name) && idFrom(error, name) !== ids[name]);
    const own = isShared ? copyOf(error) : error;
    for (const [name, value] of Object.entries(ids)) {
      // Unlike its namesake of Object, it does not throw for an error that was frozen.
      Reflect.defineProperty(own, name, { value, enumerable: true, configurable: true });
    }
    throw own;
  }
}

/** A copy of an error with the same class, stack and fields. */
function copyOf(error: Error): Error {
  const copy: Error = Object.setPrototypeOf(new Error(error.message), Object.getPrototypeOf(error));
  const { stack: _, ...fields } = Object.getOwnPropertyDescriptors(error);
  Object.defineProperties(copy, fields);
  if (error.stack !== undefined) copy.stack = error.stack;
  return copy;
}

/** The id that `attachIds` wrote into an error under a name, undefined where there is none. */
export function idFrom(error: unknown, name: string): string | undefined {
  const id = typeof error === "object" && error !== null ? (error as Record<string, unknown>)[name] : undefined;
  return typeof id === "string" ? id : undefined;
}

/** A pause shortened by chance. A source of chance that returns anything else than 0 to 1 does not make it shorter or endless. */
export function shorten(milliseconds: number, random: () => number): number {
  return milliseconds * (1 - JITTER * (Math.min(Math.max(random(), 0), 1) || 0));
}

/** The pause after a pause. */
export function grow(milliseconds: number, { first, longest, growth }: Pace): number {
  return Math.min(Math.max(milliseconds * growth, first), longest);
}

/** Milliseconds until another request makes sense after a failure, `Infinity` for never. */
export function retryDelay(error: unknown, clock: Clock): number {
  if (!(error instanceof AngelcamError && error.retryable)) return Number.POSITIVE_INFINITY;
  return Math.max(0, (error.retryAt?.getTime() || 0) - clock.now());
}

async function poll<T>(
  known: T | undefined,
  read: () => Promise<T>,
  isDone: (value: T) => boolean,
  { clock, random, deadline, request }: Omit<Wait, "until">,
): Promise<T> {
  if (known !== undefined && isDone(known)) return known;
  let length = known === undefined ? 0 : PACE.first;
  let atLeast = 0;
  for (let failures = 0; ; ) {
    const delay = Math.max(shorten(length, random), atLeast);
    if (delay > 0) await pause(clock, delay, request.signal);
    try {
      const value = await read();
      if (isDone(value)) return value;
      failures = 0;
      atLeast = 0;
    } catch (error) {
      atLeast = retryDelay(error, clock);
      if (++failures >= MOST_FAILURES || clock.monotonic() + atLeast >= deadline) throw error;
    }
    length = grow(length, PACE);
  }
}

function timeoutError(name: string, milliseconds: number, advice: string): TimeoutError {
  return new TimeoutError(`${name} did not end within ${milliseconds} ms. ${advice}`, {
    code: "timeout",
    retryable: false,
  });
}
