// @ts-check
import { TimeoutError } from "angelcam-client";
import { equal, failure, truth } from "./expect.js";
import { setUp, spendMinute } from "./set-up.js";

/** @type {import("./run.js").Check[]} */
export const abort = [
  {
    name: "abort: a call that hangs ends with the caller's reason, and leaves no timer",
    async run() {
      const { sandbox, angelcam, clock } = setUp();
      await angelcam.me.get();
      sandbox.faults.add({ operation: "cameras.list", kind: "hang" });
      const controller = new AbortController();
      const reason = new Error("the user has gone");
      const call = failure(angelcam.cameras.list({}, { signal: controller.signal }), Error);
      await clock.timerWithin(30_000);
      controller.abort(reason);
      truth((await call) === reason, "it is the caller's own reason");
      equal(clock.pending, 0, "timers that are left");
    },
  },
  {
    name: "abort: a signal that has aborted before sends nothing",
    async run() {
      const { sandbox, angelcam } = setUp();
      await failure(angelcam.me.get({ signal: AbortSignal.abort(new Error("too late")) }), Error);
      equal(sandbox.requests.length, 0, "requests");
    },
  },
  {
    name: "abort: a queued call leaves the queue, and others keep their slot",
    async run() {
      const made = setUp();
      const { sandbox, angelcam, clock } = made;
      await spendMinute(made);
      const controller = new AbortController();
      const gone = failure(angelcam.me.get({ signal: controller.signal }), Error);
      const patient = angelcam.me.get();
      await clock.timerWithin(60_000);
      controller.abort(new Error("the user has gone"));
      equal((await gone).message, "the user has gone", "the reason");
      clock.advance(60_000);
      await patient;
      equal(sandbox.requests.length, 31, "requests");
    },
  },
  {
    name: "abort: one caller's abort does not end the sign-in that others wait for",
    async run() {
      const { sandbox, angelcam } = setUp();
      const controller = new AbortController();
      const gone = failure(angelcam.me.get({ signal: controller.signal }), Error);
      const patient = angelcam.me.get();
      controller.abort(new Error("the user has gone"));
      equal((await gone).message, "the user has gone", "the reason");
      equal((await patient).email, "user@example.com", "the account");
      equal(sandbox.count({ operation: "oauth.createToken" }), 1, "token requests");
    },
  },
  {
    name: "abort: a try that takes too long is a TimeoutError",
    async run() {
      const { sandbox, angelcam, clock } = setUp({ client: { retry: false } });
      await angelcam.me.get();
      sandbox.faults.add({ operation: "me.get", kind: "hang" });
      const call = failure(angelcam.me.get({ timeout: 5_000 }), TimeoutError);
      await clock.timerWithin(5_000);
      clock.advance(5_000);
      equal([(await call).code, (await call).retryable], ["timeout", true], "its details");
      equal(clock.pending, 0, "timers that are left");
    },
  },
];
