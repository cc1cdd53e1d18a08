import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../support/property-runs.ts";
import type { Fault } from "../support/token-server.ts";
import { ChaosFixture, type Process } from "./chaos-fixture.ts";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

type Event =
  | { readonly kind: "calls"; readonly process: number; readonly count: number; readonly deadline: number }
  | { readonly kind: "pass"; readonly milliseconds: number }
  | { readonly kind: "outage"; readonly faults: readonly Fault[] }
  | { readonly kind: "jump"; readonly hours: number; readonly after: number }
  | { readonly kind: "kill"; readonly process: number; readonly after: number }
  | { readonly kind: "store"; readonly latency: number; readonly brokenFor: number }
  | { readonly kind: "latency"; readonly milliseconds: number }
  | { readonly kind: "expire" };

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>("refuse", "unavailable", "hang-up-before", "hang-up-after", "hang", "error", "cut-body"),
  fc.record({
    status: fc.constantFrom(200, 302, 403, 404, 407, 429, 500, 502, 503, 504, 520),
    type: fc.constantFrom("text/html", "application/json"),
    body: fc.constantFrom("<html>Gateway</html>", "{}", "null", '{"error":"server_error"}'),
  }),
  fc.constantFrom<Fault>(
    { status: 500, processed: true },
    { status: 502, processed: true },
    { status: 504, processed: true, body: "{}", type: "application/json" },
  ),
);

const process = fc.nat(1);
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("calls" as const),
      process,
      count: fc.integer({ min: 1, max: 5 }),
      deadline: fc.constantFrom(1_000, 5_000, 30_000, 180_000),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), milliseconds: fc.integer({ min: 1, max: 12 * HOUR }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("outage" as const),
      faults: fc.array(fault, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("jump" as const),
      hours: fc.integer({ min: -24, max: 24 }),
      after: fc.integer({ min: 0, max: MINUTE }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("kill" as const), process, after: fc.integer({ min: 0, max: 10_000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("store" as const),
      latency: fc.constantFrom(0, 10, 1_000, 3_000),
      brokenFor: fc.constantFrom(0, 0, 2_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("latency" as const), milliseconds: fc.constantFrom(0, 50, 6_000) }),
  },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: "expire" }) },
);

/** Plays the events, one after the other, until a week has passed, and reports how the calls ended. */
async function live(fixture: ChaosFixture, events: readonly Event[]) {
  const { clock, server } = fixture;
  const processes = [fixture.start(), fixture.start()];
  const processOf = (index: number): Process => processes[index] ?? fixture.start();
  const reports: Awaited<ReturnType<ChaosFixture["call"]>>[] = [];
  for (let index = 0; clock.monotonic() < WEEK && index < 4 * events.length; index++) {
    const current = events[index % events.length];
    if (current?.kind === "calls") {
      const { process, count, deadline } = current;
      const calls = Array.from({ length: count }, () => fixture.call(processOf(process), deadline));
      reports.push(...(await clock.drive(Promise.all(calls))));
    } else if (current?.kind === "pass") await clock.advance(current.milliseconds);
    else if (current?.kind === "outage") server.faults.push(...current.faults);
    else if (current?.kind === "expire") server.expire();
    else if (current?.kind === "latency") server.latency = current.milliseconds;
    else if (current?.kind === "jump") {
      const { hours, after } = current;
      clock.setTimeout(() => clock.jump(hours * HOUR), after);
    } else if (current?.kind === "store") {
      fixture.storeLatency = current.latency;
      fixture.storeBrokenUntil = clock.monotonic() + current.brokenFor;
    } else if (current?.kind === "kill") {
      const { process, after } = current;
      clock.setTimeout(() => {
        processes[process]?.kill();
        processes[process] = fixture.start();
      }, after);
    }
  }
  // Faults that were planned for later happen now, so that the outage is over afterwards.
  await clock.advance(MINUTE);
  return { reports, processes };
}

describe("a week with outages, clock jumps, kills and a slow store", () => {
  for (const grant of ["password", "refresh_token"] as const) {
    it(`loses no session but by invalid_grant, sends no accepted token twice and nothing after a deadline, with a ${grant} grant`, {
      timeout: 600_000,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 60 }), async (events) => {
          const fixture = new ChaosFixture(grant);
          const { reports, processes } = await live(fixture, events);
          expect(reports.filter(({ lateBy }) => lateBy > 0)).toEqual([]);
          expect(fixture.requestsAfterDeadline).toBe(0);
          expect(fixture.server.reusesAfterDelivery).toBe(0);

          // The outage ends: the next call of each process gets its token by itself.
          fixture.server.faults = [];
          fixture.server.latency = 0;
          fixture.storeLatency = 0;
          fixture.storeBrokenUntil = 0;
          for (const process of processes) {
            const { outcome } = await fixture.clock.drive(fixture.call(process, 180_000));
            if (outcome === "ok") continue;
            expect(outcome).toBe("session_ended");
            expect(grant).toBe("refresh_token");
            expect(fixture.server.rejections).toBeGreaterThan(0);
          }
          const ended = reports.filter(({ outcome }) => outcome === "session_ended");
          if (ended.length > 0) expect(fixture.server.rejections).toBeGreaterThan(0);
        }),
        { ...runs("chaos"), numRuns: Number(globalThis.process.env.PROPERTY_RUNS ?? 300) },
      );
    });
  }
});
