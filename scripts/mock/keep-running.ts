import { setTimeout as sleep } from "node:timers/promises";
import type { Prism, PrismExit } from "./prism.ts";
import { PrismError } from "./prism-error.ts";

/** A mock that ends sooner than this, in milliseconds, has ended quickly. */
const QUICK = 5_000;

/** How many quick ends in a row make a crash loop. */
const MOST_QUICK_ENDS = 8;

/** Milliseconds before the second quick restart; twice that before the next, and so on. The first one is at once. */
const FIRST_PAUSE = 100;

/** What `keepRunning` takes. */
export interface KeepRunningOptions {
  /** Starts the mock; called again each time it has ended. */
  start: () => Promise<Prism>;
  /** Told each time the mock listens. */
  onListening: (prism: Prism) => void;
  /** Told each time the mock has ended by itself and will be started again. */
  onEnd: (exit: PrismExit, pause: number) => void;
  /** Stops the mock for good when it aborts. */
  signal: AbortSignal;
  /** @default the system's clock */
  clock?: { now(): number; sleep(milliseconds: number, signal: AbortSignal): Promise<void> };
}

/**
 * Keeps a mock running until the signal aborts. One that ends is started again, after a pause that grows while it ends
 * quickly.
 *
 * @throws PrismError when the mock does nothing but end; whatever `start` throws.
 */
export async function keepRunning(options: KeepRunningOptions): Promise<void> {
  const { start, onListening, onEnd, signal, clock = systemClock } = options;
  let quickEnds = 0;
  while (!signal.aborted) {
    await using prism = await start();
    const since = clock.now();
    onListening(prism);
    const exit = await endOf(prism, signal);
    if (!exit) return;
    quickEnds = clock.now() - since < QUICK ? quickEnds + 1 : 1;
    if (quickEnds === MOST_QUICK_ENDS) {
      throw new PrismError(
        "crash-loop",
        `The mock ended ${quickEnds} times in a row within ${QUICK / 1000} seconds of its start, the last time with ` +
          `${exit.signal ?? `code ${exit.code}`}. It will not be started again.`,
      );
    }
    const pause = quickEnds === 1 ? 0 : FIRST_PAUSE * 2 ** (quickEnds - 2);
    onEnd(exit, pause);
    await clock.sleep(pause, signal);
  }
}

/** How the mock ended by itself, or undefined when the signal came first. */
async function endOf(prism: Prism, signal: AbortSignal): Promise<PrismExit | undefined> {
  const heard = new AbortController();
  const stopped = new Promise<undefined>((fulfil) => {
    if (signal.aborted) fulfil(undefined);
    signal.addEventListener("abort", () => fulfil(undefined), { signal: heard.signal });
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
