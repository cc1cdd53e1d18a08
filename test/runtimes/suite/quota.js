// @ts-check
import { QuotaError } from "angelcam-client";
import { equal, failure, truth } from "./expect.js";
import { setUp, spendMinute } from "./set-up.js";

/** @type {import("./run.js").Check[]} */
export const quota = [
  {
    name: "quota: the 31st request of a minute waits for its place, and meets no 429",
    async run() {
      const made = setUp();
      const { sandbox, angelcam, clock } = made;
      await spendMinute(made);
      equal(sandbox.requests.length, 30, "requests, the sign-in included");
      const started = clock.now();
      const late = angelcam.me.get();
      await clock.timerWithin(60_000);
      equal(sandbox.requests.length, 30, "requests while it waits");
      clock.advance(60_000);
      await late;
      truth(clock.now() - started >= 59_000, "it has waited for the rest of the minute");
      equal([sandbox.requests.length, sandbox.count({ status: 429 })], [31, 0], "requests, and rejected requests");
    },
  },
  {
    name: "quota: a wait that would be too long is a QuotaError at once, and nothing is sent",
    async run() {
      const made = setUp({ client: { quota: { maxWait: 30_000 } } });
      const { sandbox, angelcam, clock } = made;
      await spendMinute(made);
      const error = await failure(angelcam.me.get(), QuotaError);
      equal([error.code, error.retryable, error.operationId], ["quota_exceeded", true, "me.get"], "its details");
      truth((error.retryAt?.getTime() ?? 0) - clock.now() >= 59_000, "it says when there is room");
      equal([sandbox.requests.length, clock.pending], [30, 0], "requests, and timers that are left");
    },
  },
  {
    name: "quota: a 429 that another program has caused is waited out as long as the server says",
    async run() {
      const { sandbox, angelcam, clock } = setUp({ client: { quota: { maxWait: 120_000 } } });
      await angelcam.me.get();
      sandbox.faults.add({ status: 429, retryAfter: 7 });
      const call = angelcam.me.get();
      await clock.timerWithin(7_000);
      clock.advance(7_000);
      equal((await call).email, "user@example.com", "the account");
      equal(sandbox.count({ operation: "me.get" }), 3, "requests");
    },
  },
];
