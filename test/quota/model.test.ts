import fc from "fast-check";
import { expect, it } from "vitest";
import { Quota, type QuotaWindow } from "../../src/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { runs } from "../support/property-runs.ts";

const HOUR = 3_600_000;

/** One request and what is around it; all numbers but `share` are milliseconds. */
interface Step {
  /** Time that passes before it. */
  readonly before: number;
  /** Time that the request takes. */
  readonly duration: number;
  /** At which part of this time the server counts it. */
  readonly share: number;
  readonly maxWait: number;
  readonly priority: 0 | 1 | 2;
  readonly sent: boolean;
  readonly abortAfter: number | undefined;
  readonly pause: number | undefined;
  readonly jump: number | undefined;
}

interface Request {
  readonly step: Step;
  readonly number: number;
  readonly requestedAt: number;
  startedAt?: number;
  countedAt?: number;
  endedAt?: number;
  outcome?: "granted" | "rejected" | "aborted";
}

/** The quota written down as plainly as possible: every rule looks at all requests there ever were. */
class Model {
  readonly requests: Request[] = [];
  pausedUntil = Number.NEGATIVE_INFINITY;
  readonly #windows: readonly QuotaWindow[];

  constructor(windows: readonly QuotaWindow[]) {
    this.#windows = windows;
  }

  /** True when no window and no pause keeps a further request from starting. */
  hasRoom(now: number): boolean {
    return (
      now >= this.pausedUntil &&
      this.#windows.every(({ limit, seconds }) => {
        const counted = this.requests.filter(({ outcome, endedAt, step }) => {
          if (outcome !== "granted") return false;
          return endedAt === undefined || (step.sent && now - endedAt <= seconds * 1000);
        });
        return counted.length < limit;
      })
    );
  }

  /** The requests in the queue, in the order in which they must start. */
  get queue(): Request[] {
    const waiting = this.requests.filter(({ outcome }) => outcome === undefined);
    return waiting.sort((a, b) => b.step.priority - a.step.priority || a.number - b.number);
  }

  /** The most requests that the server has counted in any window of this length, both ends included. */
  mostWithin(seconds: number): number {
    const times = this.requests.flatMap(({ countedAt, step }) =>
      step.sent && countedAt !== undefined ? countedAt : [],
    );
    return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at - from <= seconds * 1000).length));
  }
}

const windows = fc.array(
  fc.record({ limit: fc.integer({ min: 1, max: 6 }), seconds: fc.integer({ min: 1, max: 30 }) }),
  { minLength: 1, maxLength: 3 },
);

const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 4 });

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    before: fc.integer({ min: 0, max: 9_000 }),
    duration: fc.integer({ min: 0, max: 4_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    maxWait: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 60_000 })),
    priority: fc.constantFrom(0, 1, 2),
    sent: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    abortAfter: rarely(fc.integer({ min: 0, max: 20_000 })),
    pause: rarely(fc.integer({ min: -5_000, max: 20_000 })),
    jump: rarely(fc.integer({ min: -48, max: 48 }).map((hours) => hours * HOUR)),
  }),
  { minLength: 1, maxLength: 25 },
);

it("for any windows and requests: no window is exceeded, the order is kept, no request waits longer than needed", async () => {
  await fc.assert(
    fc.asyncProperty(windows, steps, async (limits, sequence) => {
      const clock = new ManualClock();
      const quota = new Quota({ windows: limits, clock });
      const model = new Model(limits);
      const check = () => {
        const now = clock.monotonic();
        // One millisecond for a server that counts both ends of a window.
        if (model.queue.length > 0) expect(model.hasRoom(now - 1)).toBe(false);
      };
      const settled: Promise<void>[] = [];
      for (const [number, step] of sequence.entries()) {
        await clock.advance(step.before);
        check();
        if (step.jump !== undefined) clock.jump(step.jump);
        if (step.pause !== undefined) {
          model.pausedUntil = Math.max(model.pausedUntil, clock.monotonic() + step.pause);
          quota.pause(clock.now() + step.pause);
        }
        settled.push(send(number, step));
        for (let turn = 0; turn < 5; turn++) await undefined;
        check();
      }
      await clock.drive(Promise.all(settled));
      for (const { limit, seconds } of limits) expect(model.mostWithin(seconds)).toBeLessThanOrEqual(limit);
      await clock.advance(30_000);
      expect(clock.pending).toBe(0);
      expect(quota.snapshot().every(({ used, limit }) => used <= limit)).toBe(true);

      async function send(number: number, step: Step): Promise<void> {
        const request: Request = { step, number, requestedAt: clock.monotonic() };
        model.requests.push(request);
        const controller = new AbortController();
        if (step.abortAfter !== undefined) clock.setTimeout(() => controller.abort("gone"), step.abortAfter);
        const slot = await quota
          .acquire({ signal: controller.signal, maxWait: step.maxWait, priority: step.priority })
          .catch((error) => {
            const now = clock.monotonic();
            request.outcome = error === "gone" ? "aborted" : "rejected";
            // Its wait would really have been too long: it is named, and longer than it may wait.
            if (error !== "gone")
              expect(error.retryAt.getTime() - clock.now()).toBeGreaterThan(request.requestedAt + step.maxWait - now);
          });
        if (!slot) return;
        const now = clock.monotonic();
        // It is the first in the queue, there is room for it, and it has not waited too long.
        expect(model.queue[0]).toBe(request);
        expect(model.hasRoom(now)).toBe(true);
        expect(now - request.requestedAt).toBeLessThanOrEqual(step.maxWait);
        request.outcome = "granted";
        request.startedAt = now;
        clock.setTimeout(() => {
          request.countedAt = clock.monotonic();
        }, step.duration * step.share);
        await new Promise<void>((end) => clock.setTimeout(end, step.duration));
        request.endedAt = clock.monotonic();
        if (step.sent) slot.release();
        else slot.cancel();
      }
    }),
    runs("quota model"),
  );
});
