// @ts-check
import {
  AngelcamError,
  ApiError,
  BadRequestError,
  ConnectionError,
  NotFoundError,
  ServerError,
  UnexpectedResponseError,
} from "angelcam-client";
import { equal, failure, truth } from "./expect.js";
import { setUp } from "./set-up.js";

/** @type {import("./run.js").Check[]} */
export const errors = [
  {
    name: "errors: a camera that is not there is a NotFoundError that names the call",
    async run() {
      const error = await failure(setUp().angelcam.cameras.get(1), NotFoundError);
      truth(
        error instanceof ApiError && error instanceof AngelcamError && error instanceof Error,
        "it is all of these",
      );
      equal(
        [error.name, error.code, error.status, error.operationId, error.method, error.path],
        ["NotFoundError", "not_found", 404, "cameras.get", "GET", "/v1/cameras/{camera_id}/"],
        "its details",
      );
      equal(JSON.parse(JSON.stringify(error)).message, error.message, "the message in a log");
    },
  },
  {
    name: "errors: rejected input is a BadRequestError with its fields",
    async run() {
      const { sandbox, angelcam } = setUp();
      sandbox.faults.add({
        operation: "cameras.update",
        status: 400,
        body: { title: "invalid", detail: [{ name: ["This name is taken."] }], status: 400 },
      });
      const [camera] = sandbox.cameras;
      const error = await failure(angelcam.cameras.update(camera?.id ?? 0, { name: "Hall" }), BadRequestError);
      equal(error.fields, { name: ["This name is taken."] }, "the fields");
    },
  },
  {
    name: "errors: an invalid argument is rejected before a request is sent",
    async run() {
      const { sandbox, angelcam } = setUp();
      await failure(angelcam.cameras.list({ limit: 0 }), RangeError);
      await failure(angelcam.cameras.get(Number.NaN), RangeError);
      equal(sandbox.requests.length, 0, "requests");
    },
  },
  {
    name: "errors: a GET is retried after 503 and after a lost connection",
    async run() {
      const { sandbox, angelcam, clock } = setUp();
      await angelcam.me.get();
      sandbox.faults.add({ operation: "me.get", status: 503 });
      sandbox.faults.add({ operation: "me.get", kind: "drop" });
      const call = angelcam.me.get();
      for (let retry = 0; retry < 2; retry++) {
        // Half of 1,000 ms, then half of 2,000 ms: `random` is a half.
        await clock.timerWithin(1_000);
        clock.advance(1_000);
      }
      equal((await call).email, "user@example.com", "the account");
      equal(sandbox.count({ operation: "me.get" }), 4, "requests");
    },
  },
  {
    name: "errors: a POST is not retried, and rejects with a ServerError",
    async run() {
      const { sandbox, angelcam } = setUp();
      await angelcam.me.get();
      const [camera] = sandbox.cameras;
      sandbox.faults.add({ operation: "cameras.clips.create", status: 500 });
      const body = { name: "Delivery", start: "2026-11-24T08:00:00Z", end: "2026-11-24T08:05:00Z" };
      const error = await failure(angelcam.cameras.clips.create(camera?.id ?? 0, body), ServerError);
      equal([error.status, error.attempts], [500, 1], "status and attempts");
      equal(sandbox.count({ operation: "cameras.clips.create" }), 1, "requests");
    },
  },
  {
    name: "errors: a response that breaks off is a ConnectionError, a page of HTML an UnexpectedResponseError",
    async run() {
      const { sandbox, angelcam, clock } = setUp({ client: { retry: false } });
      await angelcam.me.get();
      sandbox.faults.add({ operation: "me.get", kind: "cut" });
      equal((await failure(angelcam.me.get(), ConnectionError)).code, "connection_failed", "the code");
      sandbox.faults.add({ operation: "me.get", kind: "html", status: 200 });
      equal((await failure(angelcam.me.get(), UnexpectedResponseError)).code, "unexpected_response", "the code");
      equal(clock.pending, 0, "timers that are left");
    },
  },
];
