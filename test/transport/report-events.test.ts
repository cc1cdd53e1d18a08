import { describe, expect, it, vi } from "vitest";
import { callListener } from "../../src/errors/call-listener.ts";
import { Angelcam, type ClientEvent, personalAccessToken } from "../../src/index.ts";
import { reportEvents } from "../../src/transport/report-events.ts";
import { account, envelope, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { exampleCall } from "./example-call.ts";

const clock = new ManualClock();

async function eventsOf(outcome: () => Promise<never>, signal?: AbortSignal): Promise<ClientEvent[]> {
  const events: ClientEvent[] = [];
  const call = exampleCall({ history: { attempts: 1 } });
  await expect(reportEvents(clock, (event) => events.push(event), outcome)(call, signal)).rejects.toBeDefined();
  return events;
}

describe("a listener receives the events of an attempt", () => {
  it("with its number, its status and how long it took", async () => {
    const events: ClientEvent[] = [];
    const fetch = recordingFetch(
      () => new Promise((resolve) => clock.setTimeout(() => resolve(envelope(404, "gone", "x")), 120)),
    );
    const angelcam = new Angelcam({ fetch, clock, onEvent: (event) => events.push(event) });
    await clock.drive(angelcam.cameras.get(7).catch(() => {}));
    expect(events).toEqual([
      {
        type: "request",
        callId: expect.any(String),
        operationId: "cameras.get",
        method: "GET",
        path: "/v1/cameras/{camera_id}/",
        origin: "https://api.angelcam.com",
        attempt: 1,
      },
      {
        type: "response",
        callId: events[0] && "callId" in events[0] ? events[0].callId : "",
        operationId: "cameras.get",
        attempt: 1,
        status: 404,
        error: undefined,
        milliseconds: 120,
      },
    ]);
  });

  it.each<[string, unknown, AbortSignal | undefined, string]>([
    ["an error", new TypeError("no"), undefined, "TypeError"],
    ["an error without an abort", new TypeError("no"), new AbortController().signal, "TypeError"],
    ["an abort, whatever the reason", "the user went away", AbortSignal.abort(), "aborted"],
  ])("that failed with %s, by the code or the name of the error alone", async (_, reason, signal, error) => {
    expect((await eventsOf(() => Promise.reject(reason), signal)).at(-1)).toEqual({
      type: "response",
      callId: "call-1",
      operationId: "things.get",
      attempt: 2,
      status: undefined,
      error,
      milliseconds: 0,
    });
  });
});

describe("an attempt that the deadline ends", () => {
  it("is reported with the error of its call", async () => {
    const events: ClientEvent[] = [];
    const time = new ManualClock();
    const fetch = () => new Promise<Response>(() => {});
    const angelcam = new Angelcam({ fetch, clock: time, onEvent: (event) => events.push(event) });
    const error = await time.drive(angelcam.me.get({ deadline: 1_000 }).catch((reason) => reason));
    expect(error.name).toBe("TimeoutError");
    expect(events.at(-1)).toMatchObject({ type: "response", error: "timeout", milliseconds: 1_000 });
  });
});

describe("a listener", () => {
  const error = Object.assign(new Error("broken listener: token=abc"), { config: { headers: "Bearer abc" } });

  it.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw error;
      },
    ],
    ["returns a promise that rejects", () => Promise.reject(error)],
  ])("that %s is named on the console, with a clean copy of its error", async (_, listener) => {
    const shown = vi.spyOn(console, "error").mockImplementation(() => {});
    await callListener("onEvent", listener);
    const [message, copy] = shown.mock.calls[0] ?? [];
    expect([message, copy.message, { ...copy }]).toEqual([
      "angelcam-client: onEvent threw",
      "broken listener: token=[secret]",
      {},
    ]);
  });

  it("is optional: the console stays empty", async () => {
    const shown = vi.spyOn(console, "error").mockImplementation(() => {});
    const fetch = recordingFetch((_, index) => (index === 0 ? envelope(503, "busy", "x") : json(account)));
    const angelcam = new Angelcam({ auth: personalAccessToken("abc123"), fetch, clock });
    expect(await clock.drive(angelcam.me.get())).toEqual(account);
    expect(fetch.requests).toHaveLength(2);
    expect(shown).not.toHaveBeenCalled();
  });
});
