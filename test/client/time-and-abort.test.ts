import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  Angelcam,
  type AngelcamOptions,
  bearerToken,
  type Clock,
  liveStream,
  personalAccessToken,
  TimeoutError,
  waitForClip,
} from "../../src/index.ts";
import { account, json, type RecordingFetch, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { OldAbortController } from "../support/old-abort.ts";

/** A server that takes the request and never responds. */
function silence(): RecordingFetch {
  return recordingFetch((_request, _index, signal) => never(signal));
}

function never<T>(signal: AbortSignal | undefined): Promise<T> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

function client(fetch: RecordingFetch, options: AngelcamOptions = {}): { angelcam: Angelcam; clock: ManualClock } {
  const clock = new ManualClock();
  const auth = personalAccessToken("fe6a3f0c25b8");
  return { clock, angelcam: new Angelcam({ auth, fetch, clock, retry: false, ...options }) };
}

/** How long a call takes on the client's clock until it fails, and with what. */
async function failureOf(clock: ManualClock, call: PromiseLike<unknown>) {
  const start = clock.now();
  const error = await clock.drive(
    Promise.resolve(call).then(
      () => undefined,
      (reason: unknown) => reason,
    ),
  );
  return { error, milliseconds: clock.now() - start };
}

describe("without a response, a call ends with a TimeoutError", () => {
  test.each<[string, number, AngelcamOptions, number | undefined]>([
    ["after 30 seconds by default", 30_000, {}, undefined],
    ["after the client's timeout", 250, { timeout: 250 }, undefined],
    ["after the call's own timeout", 40, { timeout: 250 }, 40],
  ])("%s", async (_, expected, options, timeout) => {
    const { angelcam, clock } = client(silence(), options);
    const { error, milliseconds } = await failureOf(clock, angelcam.me.get({ timeout }));
    expect(milliseconds).toBe(expected);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ code: "timeout", retryable: true, operationId: "me.get", path: "/v1/me/" });
    expect((error as Error).message).toContain(`${expected} ms`);
    expect(clock.pending).toBe(0);
  });

  test("also where the headers came and the body does not", async () => {
    const fetch = recordingFetch(
      (_request, _index, signal) =>
        new Response(new ReadableStream({ pull: () => never(signal) }), {
          headers: { "Content-Type": "application/json" },
        }),
    );
    const { angelcam, clock } = client(fetch, { timeout: 250 });
    const { error, milliseconds } = await failureOf(clock, angelcam.me.get());
    expect(error).toBeInstanceOf(TimeoutError);
    expect(milliseconds).toBe(250);
  });

  test("also where fetch does not heed its signal", async () => {
    const { angelcam, clock } = client(
      recordingFetch(() => new Promise<Response>(() => {})),
      { timeout: 250 },
    );
    expect((await failureOf(clock, angelcam.me.get())).error).toBeInstanceOf(TimeoutError);
  });

  test("also for api calls", async () => {
    const { angelcam, clock } = client(silence(), { timeout: 250 });
    expect((await failureOf(clock, angelcam.api.GET("/v1/me/"))).error).toBeInstanceOf(TimeoutError);
  });

  test("and the request is aborted", async () => {
    let signal: AbortSignal | undefined;
    const fetch = recordingFetch((_request, _index, given) => {
      signal = given;
      return never(given);
    });
    const { angelcam, clock } = client(fetch);
    await failureOf(clock, angelcam.me.get());
    expect(signal?.aborted).toBe(true);
  });
});

test("a response in time leaves no timer behind", async () => {
  const { angelcam, clock } = client(recordingFetch(() => Response.json({ id: 1234 })));
  await angelcam.me.get();
  expect(clock.pending).toBe(0);
});

describe("an abort", () => {
  const reason = new Error("the user went away");

  test.each<[string, (angelcam: Angelcam, signal: AbortSignal) => PromiseLike<unknown>]>([
    ["a call", (angelcam, signal) => angelcam.me.get({ signal })],
    ["a list", (angelcam, signal) => angelcam.cameras.list({}, { signal })],
    ["an api call", (angelcam, signal) => angelcam.api.GET("/v1/me/", { signal })],
  ])("rejects %s with the signal's reason, before and during", async (_, use) => {
    const fetch = silence();
    const { angelcam, clock } = client(fetch);
    await expect(use(angelcam, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(fetch.requests).toEqual([]);

    const controller = new AbortController();
    const call = Promise.resolve(use(angelcam, controller.signal));
    call.catch(() => {});
    await turn();
    expect(fetch.requests).toHaveLength(1);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
  });

  test("without a reason rejects with an AbortError", async () => {
    const { angelcam } = client(silence());
    await expect(angelcam.me.get({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
  });

  test.each<[string, (angelcam: Angelcam, signal: AbortSignal) => PromiseLike<unknown>]>([
    ["a call", (angelcam, signal) => angelcam.me.get({ signal })],
    ["the iteration of a list", (angelcam, signal) => angelcam.cameras.list({}, { signal }).toArray()],
    ["a call that middleware sees", (angelcam, signal) => withMiddleware(angelcam).me.get({ signal })],
    ["a helper", (angelcam, signal) => liveStream(angelcam, 1, { format: "hls", signal })],
    ["a wait", (angelcam, signal) => waitForClip(angelcam, 1, "a", { signal })],
  ])(
    "of a signal of React Native, which has no reason, ends %s with an AbortError, before and during",
    async (_, use) => {
      const { angelcam } = client(silence());
      const [before, during] = [new OldAbortController(), new OldAbortController()];
      before.abort();
      await expect(use(angelcam, before.signal)).rejects.toMatchObject({ name: "AbortError" });
      const call = Promise.resolve(use(angelcam, during.signal));
      call.catch(() => {});
      await turn();
      during.abort();
      await expect(call).rejects.toMatchObject({ name: "AbortError" });
    },
  );

  test("that React Native could signal, and does not, changes no call of a token that is asked for", async () => {
    vi.stubGlobal("AbortController", OldAbortController);
    onTestFinished(() => void vi.unstubAllGlobals());
    const { angelcam } = client(
      recordingFetch(() => json(account)),
      { auth: bearerToken(async () => "fe6a3f0c25b8") },
    );
    expect((await angelcam.me.get()).id).toBe(account.id);
  });

  test("ends one call and no other", async () => {
    const fetch = recordingFetch((_request, index, signal) =>
      index === 0 ? never(signal) : Response.json({ id: 1234, email: "user@example.com" }),
    );
    const { angelcam } = client(fetch);
    const controller = new AbortController();
    const first = angelcam.me.get({ signal: controller.signal });
    first.catch(() => {});
    await turn();
    const second = angelcam.me.get();
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    expect((await second).id).toBe(1234);
  });
});

function withMiddleware(angelcam: Angelcam): Angelcam {
  angelcam.api.use({ onRequest: () => undefined });
  return angelcam;
}

/** Lets everything happen that needs no time. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("Infinity as timeout and deadline sets no timer: those of a runtime take it for 1 ms", async () => {
  const set: number[] = [];
  const clock: Clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    setTimeout: (callback, milliseconds) => {
      set.push(milliseconds);
      return setTimeout(callback, milliseconds);
    },
    clearTimeout: (timer) => clearTimeout(timer as number),
  };
  const fetch = recordingFetch(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return json(account);
  });
  const forever = { timeout: Number.POSITIVE_INFINITY, deadline: Number.POSITIVE_INFINITY };
  expect(await new Angelcam({ fetch, clock, ...forever }).me.get()).toEqual(account);
  expect(set).toEqual([]);
});

test.each([null, 0, "", false])("an abort with the reason %j ends the call with that reason", async (reason) => {
  for (const hasMiddleware of [false, true]) {
    const { angelcam } = client(silence());
    if (hasMiddleware) angelcam.api.use({ onRequest: () => undefined });
    const controller = new AbortController();
    const call = angelcam.me.get({ signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  }
});
