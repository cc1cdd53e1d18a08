import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/base/clock.ts";
import { Angelcam, type Auth, bearerToken, type ClientEvent, type QuotaLimiter } from "../../src/index.ts";
import { account, json, recordingFetch } from "../support/fake-angelcam.ts";
import { ManualClock } from "../support/manual-clock.ts";

// The server counts requests that it receives: what is never sent uses no slot, is no attempt, and is reported by no event.

/** A clock that can jump without firing its timers, as that of a machine which sleeps. */
class SleepingClock implements Clock {
  readonly #clock = new ManualClock();
  #slept = 0;

  sleep(milliseconds: number): void {
    this.#slept += milliseconds;
  }

  now(): number {
    return this.#clock.now() + this.#slept;
  }

  monotonic(): number {
    return this.#clock.monotonic() + this.#slept;
  }

  setTimeout(callback: () => void, milliseconds: number): unknown {
    return this.#clock.setTimeout(callback, milliseconds);
  }

  clearTimeout(timer: unknown): void {
    this.#clock.clearTimeout(timer);
  }
}

function setUp(auth: Omit<Auth, "schemes">, clock: Clock = new ManualClock()) {
  const fetch = recordingFetch(() => json(account));
  const events: ClientEvent[] = [];
  const onEvent = (event: ClientEvent) => void events.push(event);
  const angelcam = new Angelcam({ auth: { schemes: [], ...auth }, fetch, clock, onEvent });
  return { angelcam, fetch, events, used: () => angelcam.quota.snapshot()[0]?.used };
}

describe("an attempt that is never sent", () => {
  it("for its token fails: 40 of them use no slot of the quota", async () => {
    const broken = bearerToken(async () => {
      throw new Error("the vault is sealed");
    });
    const { angelcam, fetch, used } = setUp(broken);
    for (let call = 0; call < 40; call++) await expect(angelcam.me.get()).rejects.toThrow("the vault is sealed");
    expect([fetch.requests.length, used()]).toEqual([0, 0]);
  });

  it("for the caller gives up while it waits for its token: no slot is used", async () => {
    const controller = new AbortController();
    const { angelcam, fetch, used } = setUp({ authorization: () => new Promise(() => {}) });
    const call = angelcam.me.get({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
    expect([fetch.requests.length, used()]).toEqual([0, 0]);
  });

  it("for the machine has slept past the deadline: no attempt, no event, no slot", async () => {
    const clock = new SleepingClock();
    const authorization = async () => {
      clock.sleep(3_600_000);
      return "Bearer late";
    };
    const { angelcam, fetch, events, used } = setUp({ authorization }, clock);
    await expect(angelcam.me.get()).rejects.toMatchObject({ code: "timeout", attempts: 0, retryable: true });
    expect([fetch.requests.length, events, used()]).toEqual([0, [], 0]);
  });

  it("for auth throws behind the queue: its slot is free again", async () => {
    let asked = 0;
    const { angelcam, fetch, used } = setUp({
      authorization: async () => "Bearer x",
      tryAuthorization() {
        if (++asked > 1) throw new Error("the vault is sealed");
        return undefined;
      },
    });
    await expect(angelcam.me.get()).rejects.toThrow("the vault is sealed");
    expect([fetch.requests.length, used()]).toEqual([0, 0]);
  });
});

it("a caller who gives up between two requests for a token: the second is not made", async () => {
  const controller = new AbortController();
  let asked = 0;
  const { angelcam, fetch } = setUp({
    tryAuthorization: () => undefined,
    async authorization() {
      if (++asked === 2) controller.abort(new Error("enough"));
      if (asked > 2) throw new Error("asked for nobody");
      return "Bearer x";
    },
  });
  await expect(angelcam.me.get({ signal: controller.signal })).rejects.toThrow("enough");
  expect([fetch.requests.length, asked]).toEqual([0, 2]);
});

it("a POST that was never sent may be sent again: retryable is true", async () => {
  const quota: QuotaLimiter = { maxWait: 1, acquire: () => new Promise(() => {}), pause() {}, snapshot: () => [] };
  const clock = new ManualClock();
  const fetch = recordingFetch(() => json({}));
  const angelcam = new Angelcam({ auth: bearerToken("x"), fetch, clock, quota });
  const call = angelcam.broadcasting.start(7, { deadline: 1_000 }).catch((error: unknown) => error);
  expect(await clock.drive(call)).toMatchObject({ code: "timeout", attempts: 0, retryable: true });
});
