import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { type Abortable, toSignal } from "../../src/base/abort-scope.ts";
import { SharedTimer } from "../../src/base/shared-timer.ts";
import { Angelcam, type AngelcamOptions } from "../../src/index.ts";
import type { Call, Handler, ReceivedResponse } from "../../src/transport/call.ts";
import { coalesce } from "../../src/transport/coalesce.ts";
import { fetchResponse } from "../../src/transport/fetch-response.ts";
import { checkDeadline, limitAttempt } from "../../src/transport/limit-time.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { exampleCall, exampleOperation } from "./example-call.ts";

// A call that aborts or times out leaves no timer and no listener behind.

interface Sent {
  readonly signal: Abortable | undefined;
  respond(): void;
}

/** The end of a pipeline: requests that a test resolves, and that fail when their signal aborts. */
function wire(): { send: Handler; sent: Sent[] } {
  const sent: Sent[] = [];
  const send: Handler = (_, signal) =>
    new Promise<ReceivedResponse>((resolve, reject) => {
      toSignal(signal)?.addEventListener("abort", () => reject(signal?.reason));
      sent.push({ signal, respond: () => resolve({ response: json(account), text: `response ${sent.length}` }) });
    });
  return { send, sent };
}

const listeners = (signal: AbortSignal) => getEventListeners(signal, "abort").length;
const reason = new Error("the user went away");

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await undefined;
}

describe("a signal that outlives its calls", () => {
  it.each<[string, AngelcamOptions]>([
    ["on its own", {}],
    ["that may be shared", { coalesce: true }],
  ])("holds on to none of them: a call %s", async (_, options) => {
    const { signal } = new AbortController();
    const clock = new ManualClock();
    const fetch = recordingFetch((_request, index) => (index === 0 ? json({}, 503) : json(account)));
    const angelcam = new Angelcam({ fetch, clock, ...options });
    const form = { token: "abcdef", client_id: "x" };
    await clock.drive(Promise.allSettled([angelcam.me.get({ signal }), angelcam.oauth.revokeToken(form, { signal })]));
    await clock.drive(angelcam.me.get({ signal }));
    expect(listeners(signal)).toBe(0);
    expect(clock.pending).toBe(0);
  });
});

describe("a call whose deadline has passed", () => {
  it("says how often it was sent and what counts, as a timeout that may be tried again", async () => {
    const clock = new ManualClock();
    const fetch = recordingFetch(() => json({}, 503));
    const angelcam = new Angelcam({ fetch, clock, random: () => 0.999, quota: false, retry: { attempts: 9 } });
    const failure = clock.drive(angelcam.me.get({ deadline: 2_500 }).catch((error) => error));
    expect(await failure).toMatchObject({ code: "unexpected_response" });
    const hanging = new Angelcam({ fetch: () => new Promise(() => {}), clock, quota: false, timeout: 60_000 });
    expect(await clock.drive(hanging.me.get({ deadline: 2_500 }).catch((error) => error))).toMatchObject({
      code: "timeout",
      retryable: true,
      attempts: 1,
      message:
        "me.get did not finish before its deadline, sent 1 times. Middleware, the queue, tokens and retries count too: allow more time with { deadline }, or send fewer requests.",
    });
  });

  it.each([0, -1])("sends nothing with %d ms left, as on a machine that has slept through the timer", async (left) => {
    const clock = new ManualClock();
    const call = exampleCall({ deadline: clock.monotonic() + left });
    const { send, sent } = wire();
    await expect(checkDeadline(clock, send)(call, undefined)).rejects.toMatchObject({ code: "timeout" });
    expect(sent).toEqual([]);
  });

  it("gets no more time for an attempt than is left of it", async () => {
    const clock = new ManualClock();
    await clock.advance(1_000);
    const call = exampleCall({ deadline: clock.monotonic() + 100 });
    const failure = limitAttempt(250, clock, new SharedTimer(clock), wire().send)(call, undefined);
    await expect(clock.drive(failure)).rejects.toThrow("got no complete response within 100 ms");
    expect(clock.monotonic()).toBe(1_100);
  });
});

describe("an attempt that is aborted", () => {
  const setUp = (changes: Partial<Call> = {}, send: Handler = () => new Promise(() => {})) => {
    const clock = new ManualClock("2026-11-24T12:00:00Z");
    const call = exampleCall(changes);
    return {
      clock,
      failure: limitAttempt(
        250,
        clock,
        new SharedTimer(clock),
        send,
      )(call, call.signal).catch((error: unknown) => error),
    };
  };

  it("leaves neither timer nor listener behind, even when fetch does not heed its signal", async () => {
    const controller = new AbortController();
    const { clock, failure } = setUp({ signal: controller.signal });
    expect([clock.pending, listeners(controller.signal)]).toEqual([1, 1]);
    controller.abort(reason);
    expect(await failure).toBe(reason);
    expect([clock.pending, listeners(controller.signal)]).toEqual([0, 0]);
  });

  it("rejects with the caller's reason, whatever error fetch throws", async () => {
    const controller = new AbortController();
    const fetch = recordingFetch(async () => {
      controller.abort(reason);
      throw new TypeError("fetch failed");
    });
    const { failure } = setUp({ signal: controller.signal, fetch }, fetchResponse(1_000_000));
    expect(await failure).toBe(reason);
  });

  it("before it starts is not started", async () => {
    let sent = 0;
    const send: Handler = () => {
      sent++;
      return new Promise(() => {});
    };
    const { clock, failure } = setUp({ signal: AbortSignal.abort(reason) }, send);
    expect(await failure).toBe(reason);
    expect([sent, clock.pending]).toEqual([0, 0]);
  });

  it("by its timeout leaves no listener behind either", async () => {
    const { signal } = new AbortController();
    const { clock, failure } = setUp({ signal });
    await clock.advance(249);
    expect(listeners(signal)).toBe(1);
    await clock.advance(1);
    expect(await failure).toMatchObject({
      name: "TimeoutError",
      code: "timeout",
      retryable: true,
      operationId: "things.get",
      attempts: 1,
      message: "things.get got no complete response within 250 ms. Try again, or allow more time with { timeout }.",
    });
    expect(listeners(signal)).toBe(0);
  });

  it.each(["never", "if_rejected"] as const)(
    "may have had its effect: not retryable when the operation is marked %s",
    async (retry) => {
      const { clock, failure } = setUp({ operation: exampleOperation({ retry }) });
      expect(await clock.drive(failure)).toMatchObject({ name: "TimeoutError", retryable: false });
    },
  );

  it("aborts the request with the same reason", async () => {
    const { send, sent } = wire();
    const { clock, failure } = setUp({}, send);
    const error = await clock.drive(failure);
    expect(sent[0]?.signal?.reason).toBe(error);
  });

  it.each<[string, Partial<Call>, number]>([
    ["the call's own timeout", { options: { timeout: 40 } }, 40],
    ["what is left of the call", { deadline: 30 }, 30],
  ])("had as long as %s", async (_, changes, expected) => {
    const { clock, failure } = setUp(changes);
    expect(await clock.drive(failure)).toMatchObject({ message: expect.stringContaining(` within ${expected} ms.`) });
  });
});

describe("a shared request", () => {
  const setUp = () => {
    const { send, sent } = wire();
    const share = coalesce({ coalesce: true }, send);
    const ask = (signal?: AbortSignal) => share(exampleCall(), signal).then(({ text }) => text);
    return { sent, ask };
  };

  it("is aborted when the last caller aborts, with that caller's reason", async () => {
    const { sent, ask } = setUp();
    const [one, two] = [new AbortController(), new AbortController()];
    const calls = Promise.allSettled([ask(one.signal), ask(two.signal)]);
    one.abort(new Error("one"));
    expect(sent[0]?.signal?.aborted).toBe(false);
    two.abort(reason);
    expect(sent[0]?.signal?.reason).toBe(reason);
    expect(await calls).toMatchObject([
      { status: "rejected", reason: { message: "one" } },
      { status: "rejected", reason },
    ]);
    expect(sent).toHaveLength(1);
    expect([one, two].map(({ signal }) => listeners(signal))).toEqual([0, 0]);
  });

  it("goes on for a caller who has no signal", async () => {
    const { sent, ask } = setUp();
    const controller = new AbortController();
    const calls = Promise.allSettled([ask(controller.signal), ask()]);
    controller.abort(reason);
    sent[0]?.respond();
    expect(await calls).toMatchObject([{ status: "rejected", reason }, { value: "response 1" }]);
  });

  it("that was aborted is joined by no caller: the next call sends a request, which is shared in turn", async () => {
    const { sent, ask } = setUp();
    const controller = new AbortController();
    const first = ask(controller.signal).catch((error: unknown) => error);
    controller.abort(reason);
    const second = ask();
    expect(await first).toBe(reason);
    const third = ask();
    expect(sent).toHaveLength(2);
    sent[1]?.respond();
    expect(await Promise.all([second, third])).toEqual(["response 2", "response 2"]);
  });

  it("is neither started nor joined by a caller whose signal is already aborted", async () => {
    const { sent, ask } = setUp();
    await expect(ask(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(sent).toHaveLength(0);
    const other = ask();
    await expect(ask(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(sent[0]?.signal?.aborted).toBe(false);
    sent[0]?.respond();
    expect(await other).toBe("response 1");
  });

  it("fails for all of its callers, and the next call sends a new request", async () => {
    const failure = new Error("failed");
    let requests = 0;
    const share = coalesce({ coalesce: true }, async () => {
      requests++;
      throw failure;
    });
    const ask = () => share(exampleCall(), undefined);
    const results = await Promise.allSettled([ask(), ask()]);
    expect(results.map((result) => result.status === "rejected" && result.reason)).toEqual([failure, failure]);
    await expect(ask()).rejects.toBe(failure);
    expect(requests).toBe(2);
  });

  it("is kept for its callers when one aborts at the moment of the response", async () => {
    for (let late = 0; late < 8; late++) {
      const { sent, ask } = setUp();
      const controller = new AbortController();
      const first = ask(controller.signal).catch(() => {});
      sent[0]?.respond();
      await turns(late);
      const second = ask();
      const requests = sent.length;
      controller.abort(reason);
      const third = ask();
      // The third caller shares what the second waits for: the old request or a new one, depending on the moment.
      expect(sent).toHaveLength(requests);
      for (const request of sent) request.respond();
      await Promise.all([first, second, third]);
    }
  });

  it("leaves no listener on the signals of its callers", async () => {
    const { sent, ask } = setUp();
    const controllers = [new AbortController(), new AbortController()];
    const calls = Promise.all(controllers.map(({ signal }) => ask(signal)));
    sent[0]?.respond();
    await calls;
    await turns(4);
    expect(controllers.map(({ signal }) => listeners(signal))).toEqual([0, 0]);
  });

  it("is not for an operation that may not be shared, nor for a call that does not want to", async () => {
    const { send, sent } = wire();
    const share = coalesce({ coalesce: true }, send);
    const unshareable = exampleCall({ operation: exampleOperation({ coalesce: false }) });
    const unwilling = exampleCall({ options: { coalesce: false } });
    const calls = [unshareable, unshareable, unwilling, unwilling].map((call) => share(call, undefined));
    expect(sent).toHaveLength(4);
    for (const request of sent) request.respond();
    await Promise.all(calls);
  });
});
