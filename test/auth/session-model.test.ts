import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Angelcam,
  memoryTokenStore,
  OAuthSession,
  passwordGrant,
  refreshTokenGrant,
  type Tokens,
} from "../../src/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { runs } from "../support/property-runs.ts";
import { TokenServer } from "../support/token-server.ts";

type Step =
  | { kind: "calls"; count: number; client: number }
  | { kind: "expire" | "end" | "break-store" | "fix-store" }
  | { kind: "pass"; milliseconds: number }
  | { kind: "fault"; fault: TokenServer["faults"][number] };

const faults = ["refuse", "unavailable", "hang-up-before", "hang-up-after", "error", "cut-body"] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("calls" as const),
      count: fc.integer({ min: 1, max: 6 }),
      client: fc.nat(1),
    }),
  },
  { weight: 3, arbitrary: fc.constantFrom<Step>({ kind: "expire" }, { kind: "break-store" }, { kind: "fix-store" }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      milliseconds: fc.integer({ min: 1, max: 12 * 3_600_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("fault" as const), fault: fc.constantFrom(...faults) }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: "end" }) },
);

describe("whatever happens to a session", () => {
  for (const kept of [true, false]) {
    it(`no used refresh token is sent again, and it recovers ${kept ? "always" : "unless it has ended"}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
          const clock = new ManualClock();
          const server = new TokenServer(clock);
          let broken = false;
          const memory = memoryTokenStore();
          const store = {
            read: memory.read,
            write: async (tokens: Tokens) => {
              if (broken) throw new Error("disk full");
              await memory.write(tokens);
            },
          };
          const grant = kept
            ? passwordGrant({ username: "user@example.com", password: "correct horse" })
            : refreshTokenGrant({ refreshToken: server.begin() });
          const session = new OAuthSession({ clientId: "client", grant, store, onSaveFailure: () => {} });
          const clients = [0, 1].map(
            () => new Angelcam({ auth: session, fetch: server.fetch, clock, quota: false, random: () => 0 }),
          );
          const call = (index: number) => clients[index]?.me.get() ?? Promise.reject(new Error("no client"));
          for (const { kind, ...rest } of steps) {
            const {
              count = 0,
              client = 0,
              milliseconds = 0,
              fault,
            } = rest as { count?: number; client?: number; milliseconds?: number; fault?: (typeof faults)[number] };
            if (kind === "calls") {
              const before = server.tokenRequests().length;
              const failing = server.faults.length;
              await clock.drive(Promise.allSettled(Array.from({ length: count }, () => call(client))));
              // One sign-in after one rejected refresh at most, and three tries of what a rejection left undone.
              expect(server.tokenRequests().length - before).toBeLessThanOrEqual(
                2 + 2 * failing + (failing > 0 ? 2 : 0),
              );
            } else if (kind === "pass") await clock.advance(milliseconds);
            else if (kind === "fault" && fault) server.faults.push(fault);
            else if (kind === "expire") server.expire();
            else if (kind === "end") server.end();
            else broken = kind === "break-store";
          }
          if (kept) expect(server.reuses).toBe(0);
          expect(server.reusesAfterDelivery).toBe(0);
          server.faults = [];
          const last = await clock.drive(call(0).catch((error) => error));
          if (kept) expect(last).toMatchObject({ id: 1234 });
          else expect(last.id === 1234 || last.code === "session_ended").toBe(true);
          expect(clock.pending).toBe(0);
        }),
        runs("refresh state machine"),
      );
    });
  }
});
