import { setTimeout as sleep } from "node:timers/promises";
import type { Prism, PrismExit } from "./prism.ts";
import { PrismError } from "./prism-error.ts";

/** A mock that ends sooner than this, in milliseconds, has ended quickly. */
const QUICK = 5_000;

/** How many quick ends in a row make a crash loop. */
const MOST_QUICK_ENDS = 8;

/** Milliseconds before the second quick restart; twice that before the next, and so on. The first one is at once. */
const FIRST_PAUSE = 100;

/** Options of `keepRunning`. */
export interface KeepRunningOptions {
  /** Starts the mock; called again each time it has ended. */
  start: () => Promise<Prism>;
  /** Called each time the mock listens. */
  onListening: (prism: Prism) => void;
  /** Called each time the mock has ended by itself and will be started again, with the reason and the delay in milliseconds. */
  onEnd: (reason: string, pause: number) => void;
  /** Stops the mock for good when it aborts. */
  signal: AbortSignal;
  /** @default the system's clock */
  clock?: { now(): number; sleep(milliseconds: number, signal: AbortSignal): Promise<void> };
}

/**
 * Keeps a mock running until the signal aborts. One that ends is started again, after a pause that grows while it ends
 * quickly.
 *
 * @throws PrismError when the mock always ends at once, when its port has gone to another program, or when it cannot
 * be started for the first time.
 */
export async function keepRunning(options: KeepRunningOptions): Promise<void> {
  const { onEnd, signal, clock = systemClock } = options;
  let quickEnds = 0;
  let hasListened = false;
  while (!signal.aborted) {
    const life = await live(options, clock.now, hasListened);
    if (!life) return;
    hasListened = true;
    quickEnds = life.milliseconds < QUICK ? quickEnds + 1 : 1;
    if (quickEnds === MOST_QUICK_ENDS) throw crashLoop(life.reason);
    const pause = quickEnds === 1 ? 0 : FIRST_PAUSE * 2 ** (quickEnds - 2);
    onEnd(life.reason, pause);
    await clock.sleep(pause, signal);
  }
}

/** Starts the mock and waits for its end: why it came and after how long, or undefined when the signal came first. */
async function live(
  { start, onListening, signal }: KeepRunningOptions,
  now: () => number,
  isRestart: boolean,
): Promise<{ milliseconds: number; reason: string } | undefined> {
  try {
    await using prism = await start();
    const since = now();
    onListening(prism);
    const exit = await endOf(prism, signal);
    return (
      exit && { milliseconds: now() - since, reason: `The mock ended with ${exit.signal ?? `code ${exit.code}`}.` }
    );
  } catch (error) {
    if (!isRestart || !(error instanceof PrismError) || error.code !== "not-started") throw error;
    return { milliseconds: 0, reason: error.message };
  }
}

function crashLoop(reason: string): PrismError {
  return new PrismError(
    "crash-loop",
    `The mock ended ${MOST_QUICK_ENDS} times in a row within ${QUICK / 1000} seconds of its start, and will not be ` +
      `started again. The last time: ${reason}`,
  );
}

/** How the mock ended by itself, or undefined when the signal came first. */
async function endOf(prism: Prism, signal: AbortSignal): Promise<PrismExit | undefined> {
  const heard = new AbortController();
  const stopped = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { signal: heard.signal });
  });
  try {
    return await Promise.race([prism.exited, stopped]);
  } finally {
    heard.abort();
  }
}

const systemClock = {
  now: () => performance.now(),
  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    await sleep(milliseconds, undefined, { signal }).catch(() => {});
  },
};
