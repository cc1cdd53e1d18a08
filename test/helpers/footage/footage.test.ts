import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { Footage, type FootageCoverage, type FootageSegment, footage } from "../../../src/helpers/footage/footage.ts";
import {
  Angelcam,
  type FootageSource,
  personalAccessToken,
  ServerError,
  UnexpectedResponseError,
} from "../../../src/index.ts";
import { envelope, json, recordingFetch } from "../../support/fake-angelcam.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { runs } from "../../support/property-runs.ts";
import { runsOf, strips } from "./model.ts";
import {
  at,
  collect,
  DAY,
  iso,
  LATER,
  RECORDING,
  recordedFixture,
  segment,
  type TimeRange,
} from "./recorded-fixture.ts";

const range = (from: number, to: number) => ({ start: iso(from), end: iso(to), clock: LATER });
const unavailable = () => envelope(503, "bad_gateway", "x");

/** Ten days: over midnight, holes, a range of three days, a day with nothing, and an end within footage. */
const TEN_DAYS: readonly TimeRange[] = [
  [at(-5), at(3)],
  [at(22), at(26)],
  [at(26), at(27)],
  [at(47), at(48)],
  [at(50), at(51)],
  [at(72), at(144)],
  [at(170), at(171.5)],
  [at(200), at(300)],
];

describe("ten days of footage", () => {
  it("are what one unlimited call would return: joined over midnight, cut to the range, holes kept", async () => {
    const { angelcam, rejected } = recordedFixture(TEN_DAYS);
    const recorded = footage(angelcam, RECORDING, range(at(0), at(240)));
    const expected: TimeRange[] = [
      [at(0), at(3)],
      [at(22), at(27)],
      [at(47), at(48)],
      [at(50), at(51)],
      [at(72), at(144)],
      [at(170), at(171.5)],
      [at(200), at(240)],
    ];
    expect(await collect(recorded)).toEqual(expected.map(segment));
    expect(await recorded.toArray()).toEqual(expected.map(segment));
    expect(rejected()).toBe(0);
  });

  it("have the holes between the segments as gaps, over window edges too", async () => {
    const { angelcam } = recordedFixture(TEN_DAYS);
    const gaps: TimeRange[] = [
      [at(3), at(22)],
      [at(27), at(47)],
      [at(48), at(50)],
      [at(51), at(72)],
      [at(144), at(170)],
      [at(171.5), at(200)],
    ];
    expect(await collect(footage(angelcam, RECORDING, range(at(0), at(240))).gaps())).toEqual(gaps.map(segment));
  });

  it("have a coverage in seconds", async () => {
    const { angelcam } = recordedFixture(TEN_DAYS);
    const hours = 3 + 5 + 1 + 1 + 72 + 1.5 + 40;
    expect(await footage(angelcam, RECORDING, range(at(0), at(240))).coverage()).toEqual({
      covered: hours * 3600,
      total: 864_000,
      ratio: hours / 240,
    });
  });

  it("are read together with their gaps and coverage for ten requests in all, however they are requested", async () => {
    const { angelcam, fetch } = recordedFixture(TEN_DAYS);
    const recorded = footage(angelcam, RECORDING, range(at(0), at(240)));
    await Promise.all([collect(recorded), collect(recorded.gaps()), recorded.coverage(), recorded.toArray()]);
    await recorded.coverage();
    expect(fetch.requests).toHaveLength(10);
    expect(recorded.cost).toBe(10);
  });
});

describe("any footage and any range", () => {
  it("equal those of one unlimited call, with gaps and coverage that agree, for the documented cost", async () => {
    await fc.assert(
      fc.asyncProperty(strips(), async (strip) => {
        const { angelcam, fetch, rejected } = recordedFixture(strip.recorded, { manner: strip.manner });
        const recorded = footage(angelcam, RECORDING, range(strip.start, strip.end));
        expect(await collect(recorded)).toEqual(runsOf(strip, true).map(segment));
        expect(await collect(recorded.gaps())).toEqual(runsOf(strip, false).map(segment));
        const cells = strip.range.filter(Boolean).length;
        const coverage = await recorded.coverage();
        expect(coverage.covered).toBeCloseTo((cells * strip.cell) / 1000, 6);
        expect(coverage.total).toBe((strip.end - strip.start) / 1000);
        expect(coverage.ratio).toBeCloseTo(cells / strip.range.length, 9);
        expect(fetch.requests).toHaveLength(recorded.cost);
        expect(rejected()).toBe(0);
      }),
      runs("footage"),
    );
  });

  it("lose and duplicate nothing when windows fail, whichever they are", async () => {
    await fc.assert(
      fc.asyncProperty(strips(), fc.array(fc.nat(12), { maxLength: 4 }), async (strip, failures) => {
        const { angelcam, fetch } = recordedFixture(strip.recorded, {
          manner: strip.manner,
          instead: (index) => (failures.includes(index) ? unavailable() : undefined),
        });
        const recorded = footage(angelcam, RECORDING, range(strip.start, strip.end));
        const [segments, gaps]: [FootageSegment[], FootageSegment[]] = [[], []];
        const again = async (walk: () => Promise<unknown>): Promise<unknown> =>
          walk().catch((error) => (error instanceof ServerError ? again(walk) : Promise.reject(error)));
        await again(() => collect(recorded, segments));
        await again(() => collect(recorded.gaps(), gaps));
        expect(segments).toEqual(runsOf(strip, true).map(segment));
        expect(gaps).toEqual(runsOf(strip, false).map(segment));
        const failed = new Set(failures.filter((index) => index < fetch.requests.length)).size;
        expect(fetch.requests).toHaveLength(recorded.cost + failed);
      }),
      runs("footage that fails"),
    );
  });
});

describe("windows", () => {
  it("touch, begin with the range, end with it, and are 24 hours long but for the last", async () => {
    const { angelcam, sent } = recordedFixture([]);
    await footage(angelcam, RECORDING, range(at(5), at(60))).toArray();
    expect(sent().map(({ start, end }) => [start, end])).toEqual([
      ["2026-11-01T05:00:00Z", "2026-11-02T05:00:00Z"],
      ["2026-11-02T05:00:00Z", "2026-11-03T05:00:00Z"],
      ["2026-11-03T05:00:00Z", "2026-11-03T12:00:00Z"],
    ]);
  });

  it("are counted beforehand: a year costs 365 requests", async () => {
    const { angelcam, fetch } = recordedFixture([[at(-9000), at(9000)]]);
    const year = footage(angelcam, RECORDING, {
      start: "2026-01-01T00:00:00Z",
      end: "2027-01-01T00:00:00Z",
      clock: LATER,
    });
    expect(year.cost).toBe(365);
    expect(fetch.requests).toHaveLength(0);
    expect(await year.toArray()).toEqual([{ start: "2026-01-01T00:00:00Z", end: "2027-01-01T00:00:00Z" }]);
    expect(fetch.requests).toHaveLength(365);
  });

  it.each([
    [1, 1],
    [DAY - 1, 1],
    [DAY, 1],
    [DAY + 1, 2],
    [7 * DAY, 7],
    [366 * DAY, 366],
  ])("for %i ms are %i", (milliseconds, cost) => {
    const { angelcam } = recordedFixture([]);
    const start = new Date("2026-11-24T08:15:30.123Z");
    const end = new Date(start.getTime() + milliseconds);
    expect(footage(angelcam, RECORDING, { start, end, clock: LATER }).cost).toBe(cost);
  });

  it("leave no hole between them when they begin within a second and the API responds in whole seconds", async () => {
    const { angelcam } = recordedFixture([[at(0), at(100)]], { manner: "seconds" });
    const recorded = footage(angelcam, RECORDING, range(at(1) + 500, at(90) + 500));
    const whole = [at(1) + 500, at(90)] as const;
    expect(await recorded.toArray()).toEqual([segment(whole)]);
    expect(await collect(recorded.gaps())).toEqual([segment([at(90), at(90) + 500])]);
  });
});

describe("footage is read lazily", () => {
  it("so nothing is sent before something is requested", () => {
    const { angelcam, fetch } = recordedFixture(TEN_DAYS);
    const recorded = footage(angelcam, RECORDING, range(at(0), at(240)));
    recorded[Symbol.asyncIterator]();
    recorded.gaps();
    expect(fetch.requests).toHaveLength(0);
  });

  it("so a segment that ends before the edge comes without the next window, one that reaches it does not", async () => {
    const { angelcam, fetch } = recordedFixture(TEN_DAYS);
    const segments = footage(angelcam, RECORDING, range(at(0), at(240)))[Symbol.asyncIterator]();
    expect((await segments.next()).value).toEqual(segment([at(0), at(3)]));
    expect(fetch.requests).toHaveLength(1);
    expect((await segments.next()).value).toEqual(segment([at(22), at(27)]));
    expect(fetch.requests).toHaveLength(2);
    // It ends at the edge, and only the third window can report that it does not go on.
    expect((await segments.next()).value).toEqual(segment([at(47), at(48)]));
    expect(fetch.requests).toHaveLength(3);
    expect((await segments.next()).value).toEqual(segment([at(50), at(51)]));
    expect(fetch.requests).toHaveLength(3);
  });

  it("so a gap comes as soon as footage begins again, and no window is read after a break", async () => {
    const { angelcam, fetch } = recordedFixture(TEN_DAYS);
    for await (const gap of footage(angelcam, RECORDING, range(at(0), at(240))).gaps()) {
      expect(gap).toEqual(segment([at(3), at(22)]));
      break;
    }
    expect(fetch.requests).toHaveLength(1);
  });

  it("so iterating again after a break begins at the start, for no request more", async () => {
    const { angelcam, fetch } = recordedFixture(TEN_DAYS);
    const recorded = footage(angelcam, RECORDING, range(at(0), at(240)));
    for await (const _segment of recorded) break;
    expect((await collect(recorded))[0]).toEqual(segment([at(0), at(3)]));
    expect(fetch.requests).toHaveLength(10);
  });
});

describe("footage that fails in the middle", () => {
  it("goes on with the window that failed, and requests no other again", async () => {
    const { angelcam, sent } = recordedFixture(TEN_DAYS, {
      instead: (index) => (index === 3 ? unavailable() : undefined),
    });
    const recorded = footage(angelcam, RECORDING, range(at(0), at(240)));
    const segments: FootageSegment[] = [];
    await expect(collect(recorded, segments)).rejects.toBeInstanceOf(ServerError);
    expect(segments).toHaveLength(4);
    await collect(recorded, segments);
    expect(segments).toEqual(await recorded.toArray());
    expect(sent()).toHaveLength(11);
    expect(sent()[4]).toEqual(sent()[3]);
  });

  it("keeps its place when it fails again before it gave anything more", async () => {
    const { angelcam } = recordedFixture(TEN_DAYS, {
      instead: (index) => (index >= 3 && index <= 5 ? unavailable() : undefined),
    });
    const recorded = footage(angelcam, RECORDING, range(at(0), at(240)));
    const segments: FootageSegment[] = [];
    for (let time = 0; time < 3; time++) await expect(collect(recorded, segments)).rejects.toBeInstanceOf(ServerError);
    await collect(recorded, segments);
    expect(segments).toHaveLength(7);
  });

  it("begins at the start again once it has come to its end, and after a break", async () => {
    const { angelcam } = recordedFixture(TEN_DAYS, { instead: (index) => (index === 3 ? unavailable() : undefined) });
    const recorded = footage(angelcam, RECORDING, range(at(0), at(240)));
    await expect(collect(recorded)).rejects.toBeInstanceOf(ServerError);
    for await (const part of recorded) {
      expect(part).toEqual(segment([at(72), at(144)]));
      break;
    }
    expect(await collect(recorded)).toHaveLength(7);
    expect(await collect(recorded)).toHaveLength(7);
  });

  it("keeps what toArray and coverage had read", async () => {
    const { angelcam, fetch } = recordedFixture(TEN_DAYS, {
      instead: (index) => (index === 2 || index === 6 ? unavailable() : undefined),
    });
    const recorded = footage(angelcam, RECORDING, range(at(0), at(240)));
    await expect(recorded.toArray()).rejects.toBeInstanceOf(ServerError);
    await expect(recorded.coverage()).rejects.toBeInstanceOf(ServerError);
    expect(await recorded.toArray()).toHaveLength(7);
    expect((await recorded.coverage()).total).toBe(864_000);
    expect(fetch.requests).toHaveLength(12);
  });

  it.each([
    ["no segments", { start: iso(at(0)), end: iso(at(24)) }],
    ["a segment without an end", { segments: [{ start: iso(at(0)) }] }],
    ["a segment whose end is null", { segments: [{ start: iso(at(0)), end: null }] }],
    ["a segment whose start is no date", { segments: [{ start: "yesterday", end: iso(at(1)) }] }],
    ["a segment whose start has no time zone", { segments: [{ start: "2026-11-01T00:00:00", end: iso(at(1)) }] }],
  ])("takes a response with %s for an error, never for missing footage, and retries", async (_what, body) => {
    const { angelcam } = recordedFixture(TEN_DAYS, { instead: (index) => (index === 0 ? json(body) : undefined) });
    const recorded = footage(angelcam, RECORDING, range(at(0), at(24)));
    const error = await recorded.toArray().catch((reason) => reason);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect([error.code, error.operationId]).toEqual(["unexpected_response", "recordings.timeline"]);
    expect(await recorded.toArray()).toHaveLength(2);
  });
});

describe("an abort", () => {
  const reason = new Error("the caller left");

  it("before the first window sends nothing", async () => {
    const { angelcam, fetch } = recordedFixture(TEN_DAYS);
    const recorded = footage(angelcam, RECORDING, { ...range(at(0), at(240)), signal: AbortSignal.abort(reason) });
    await expect(collect(recorded)).rejects.toBe(reason);
    await expect(collect(recorded.gaps())).rejects.toBe(reason);
    await expect(recorded.toArray()).rejects.toBe(reason);
    await expect(recorded.coverage()).rejects.toBe(reason);
    expect(fetch.requests).toHaveLength(0);
  });

  it("between two segments sends no further one, even of a window that was read", async () => {
    const controller = new AbortController();
    const { angelcam, fetch } = recordedFixture([
      [at(1), at(2)],
      [at(3), at(4)],
      [at(5), at(6)],
    ]);
    const given: FootageSegment[] = [];
    const walk = async () => {
      for await (const part of footage(angelcam, RECORDING, { ...range(at(0), at(48)), signal: controller.signal })) {
        given.push(part);
        controller.abort(reason);
      }
    };
    await expect(walk()).rejects.toBe(reason);
    expect(given).toEqual([segment([at(1), at(2)])]);
    expect(fetch.requests).toHaveLength(1);
  });

  it("after everything was read still ends what is requested", async () => {
    const controller = new AbortController();
    const { angelcam } = recordedFixture(TEN_DAYS);
    const recorded = footage(angelcam, RECORDING, { ...range(at(0), at(240)), signal: controller.signal });
    expect(await recorded.toArray()).toHaveLength(7);
    controller.abort(reason);
    await expect(recorded.toArray()).rejects.toBe(reason);
    await expect(collect(recorded.gaps())).rejects.toBe(reason);
  });

  it("ends the window that is under way", async () => {
    const controller = new AbortController();
    const { angelcam } = recordedFixture(TEN_DAYS, {
      instead: (index, signal) =>
        index < 1
          ? undefined
          : new Promise<Response>((_, reject) => {
              signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
              controller.abort(reason);
            }),
    });
    const recorded = footage(angelcam, RECORDING, { ...range(at(0), at(240)), signal: controller.signal });
    await expect(recorded.coverage()).rejects.toBe(reason);
  });
});

describe("what the API might do", () => {
  it("a response out of order, with parts that overlap, yields the same segments", async () => {
    const { angelcam } = recordedFixture([
      [at(20), at(30)],
      [at(1), at(2)],
      [at(21), at(22)],
      [at(1.5), at(3)],
    ]);
    expect(await footage(angelcam, RECORDING, range(at(0), at(48))).toArray()).toEqual([
      segment([at(1), at(3)]),
      segment([at(20), at(30)]),
    ]);
  });

  it("footage that grows while it is read is not given twice", async () => {
    const grown = [segment([at(20), at(30)])];
    const { angelcam } = recordedFixture([[at(20), at(23)]], {
      instead: (index) => (index === 1 ? json({ segments: grown }) : undefined),
    });
    const recorded = footage(angelcam, RECORDING, range(at(0), at(48)));
    expect(await collect(recorded)).toEqual([segment([at(20), at(23)]), segment([at(23), at(30)])]);
    expect((await recorded.coverage()).covered).toBe(36_000);
  });

  it("footage that was given and comes once more with the next window is left out", async () => {
    const repeated = [segment([at(20), at(23)]), segment([at(26), at(27)])];
    const { angelcam } = recordedFixture([[at(20), at(23)]], {
      instead: (index) => (index === 1 ? json({ segments: repeated }) : undefined),
    });
    expect(await collect(footage(angelcam, RECORDING, range(at(0), at(48))))).toEqual(repeated);
  });

  it("a range in the future is allowed; it has neither footage nor gaps, and costs one request", async () => {
    const { angelcam, fetch } = recordedFixture([]);
    const recorded = footage(angelcam, RECORDING, { start: "2126-11-24T00:00:00Z", end: "2126-11-26T00:00:00Z" });
    expect(recorded.cost).toBe(1);
    expect(await recorded.toArray()).toEqual([]);
    expect(await recorded.coverage()).toEqual({ covered: 0, total: 0, ratio: 0 });
    expect(await collect(recorded.gaps())).toEqual([]);
    expect(fetch.requests).toHaveLength(1);
  });
});

describe("arguments", () => {
  it("take dates, days and texts of any time zone, and mean the same", async () => {
    const { angelcam } = recordedFixture([[at(-100), at(100)]]);
    const expected = [{ start: "2026-11-01T00:00:00Z", end: "2026-11-02T00:00:00Z" }];
    for (const [start, end] of [
      [new Date(at(0)), new Date(at(24))],
      [runInNewContext(`new Date(${at(0)})`), new Date(at(24))],
      ["2026-11-01", "2026-11-02"],
      ["2026-11-01T01:00:00+01:00", "2026-11-01T19:00:00-05:00"],
      ["2026-11-01T00:00Z", "2026-11-01T24:00:00.000Z"],
    ] as const)
      expect(await footage(angelcam, RECORDING, { start, end }).toArray()).toEqual(expected);
  });

  it("keep a fraction of a second where there is one", async () => {
    const { angelcam } = recordedFixture([[at(-100), at(100)]]);
    const fraction = { start: "2026-11-01T00:00:00.250Z", end: "2026-11-01T00:00:01Z" };
    expect(await footage(angelcam, RECORDING, fraction).toArray()).toEqual([fraction]);
  });

  it.each([
    ["start", { start: "yesterday", end: "2026-11-02T00:00:00Z" }, TypeError],
    ["start", { start: new Date("x"), end: "2026-11-02T00:00:00Z" }, TypeError],
    ["start", { start: "2026-02-30T00:00:00Z", end: "2026-11-02T00:00:00Z" }, TypeError],
    ["start", { start: "2026-11-01T00:00:00", end: "2026-11-02T00:00:00Z" }, TypeError],
    ["start", { start: 1_793_491_200_000, end: "2026-11-02T00:00:00Z" }, TypeError],
    ["end", { start: "2026-11-01T00:00:00Z", end: null }, TypeError],
    ["end", { start: "2026-11-01T00:00:00Z" }, TypeError],
    ["end", { start: "2026-11-01T00:00:00Z", end: "2026-11-02T25:00:00Z" }, TypeError],
    ["start must be before end", { start: "2026-11-01T00:00:00Z", end: "2026-11-01T00:00:00Z" }, RangeError],
    ["start must be before end", { start: "2026-11-02T00:00:00Z", end: "2026-11-01T00:00:00Z" }, RangeError],
  ])("that are invalid are rejected at once, naming the %s: %j", (name, options, kind) => {
    const { angelcam, fetch } = recordedFixture([]);
    const call = () => footage(angelcam, RECORDING, options as { start: string; end: string });
    expect(call).toThrow(kind);
    expect(call).toThrow(`footage: ${name}`);
    expect(fetch.requests).toHaveLength(0);
  });

  it("without an id are rejected at once", () => {
    const { angelcam } = recordedFixture([]);
    for (const id of ["", undefined, 7])
      expect(() => footage(angelcam, id as string, range(at(0), at(1)))).toThrow("footage: recordingId");
  });

  it("go to every request, but for the range", async () => {
    const { angelcam, fetch } = recordedFixture(TEN_DAYS);
    await footage(angelcam, RECORDING, { ...range(at(0), at(48)), space: 411 }).toArray();
    expect(fetch.requests.map(({ headers }) => headers.get("X-Space-Id"))).toEqual(["411", "411"]);
  });
});

describe("types", () => {
  it("report their cost, and reject invalid options", async () => {
    const { angelcam } = recordedFixture(TEN_DAYS);
    const recorded = footage(angelcam, RECORDING, { start: new Date(at(0)), end: "2026-11-02T00:00:00Z" });
    expect(recorded).toBeInstanceOf(Footage);
    expectTypeOf(footage).parameter(0).toEqualTypeOf<Angelcam>();
    expectTypeOf(recorded).toExtend<AsyncIterable<FootageSegment>>();
    expectTypeOf(recorded.cost).toBeNumber();
    expectTypeOf(recorded.toArray()).resolves.toEqualTypeOf<{ start: string; end: string }[]>();
    expectTypeOf(recorded.gaps()).toExtend<AsyncIterable<FootageSegment>>();
    expectTypeOf(recorded.coverage()).resolves.toEqualTypeOf<FootageCoverage>();
    expectTypeOf<FootageCoverage>().toEqualTypeOf<{ covered: number; total: number; ratio: number }>();
    // @ts-expect-error the range has an end
    expect(() => footage(angelcam, RECORDING, { start: "2026-11-01T00:00:00Z" })).toThrow(TypeError);
    // @ts-expect-error milliseconds are no date
    expect(() => footage(angelcam, RECORDING, { start: 0, end: 1 })).toThrow(TypeError);
  });
});

describe("a range that reaches into the future", () => {
  const clock = new ManualClock(at(60));
  const recorded = (fixture: ReturnType<typeof recordedFixture>, options = {}) =>
    footage(fixture.angelcam, RECORDING, { ...range(at(0), at(240)), clock, ...options });

  it("ends now: what comes is no gap, coverage counts to now, and no window of the future is read", async () => {
    const fixture = recordedFixture([
      [at(0), at(30)],
      [at(40), at(50)],
    ]);
    const footage = recorded(fixture);
    expect(footage.cost).toBe(3);
    expect(await collect(footage.gaps())).toEqual([segment([at(30), at(40)]), segment([at(50), at(60)])]);
    expect(await footage.coverage()).toEqual({ covered: 40 * 3600, total: 60 * 3600, ratio: 40 / 60 });
    expect(await footage.toArray()).toHaveLength(2);
    expect(fixture.fetch.requests).toHaveLength(3);
  });

  it("has no gap at its end while footage goes on to now", async () => {
    const footage = recorded(recordedFixture([[at(0), at(60)]]));
    expect(await collect(footage.gaps())).toEqual([]);
    expect((await footage.coverage()).ratio).toBe(1);
  });

  it("keeps footage that the server has beyond a clock that is slow", async () => {
    const fixture = recordedFixture([[at(0), at(150)]]);
    const footage = recorded(fixture);
    expect(await footage.toArray()).toEqual([segment([at(0), at(150)])]);
    expect(await collect(footage.gaps())).toEqual([]);
    expect((await footage.coverage()).total).toBe(150 * 3600);
    expect(fixture.fetch.requests).toHaveLength(7);
  });
});

describe("the source of footage", () => {
  const respond = () => {
    const fetch = recordingFetch(() => json({ segments: [segment([at(1), at(2)])] }));
    return { fetch, angelcam: new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, quota: false }) };
  };

  it.each<[FootageSource, string]>([
    ["3b0c7e52", "/v1/recording/3b0c7e52/timeline/"],
    [{ camera: 20311 }, "/v1/cameras/20311/recording/timeline/"],
    [{ sharedCamera: 17204 }, "/v1/shared-cameras/17204/recording/timeline/"],
  ])("%j is read at %s", async (source, path) => {
    const { angelcam, fetch } = respond();
    expect(await footage(angelcam, source, range(at(0), at(24))).toArray()).toEqual([segment([at(1), at(2)])]);
    expect(fetch.requests.map(({ url }) => new URL(url).pathname)).toEqual([path]);
  });

  it.each([
    [{ camera: 0 }, RangeError, "footage: camera must be a whole number from 1, got 0"],
    [{ camera: "20311" }, TypeError, 'footage: camera must be a whole number from 1, got "20311"'],
    [{ sharedCamera: 1.5 }, RangeError, "footage: sharedCamera must be a whole number from 1, got 1.5"],
    [{ camera: 1, sharedCamera: 2 }, TypeError, "footage: recordingId must be"],
    [{}, TypeError, "footage: recordingId must be"],
    [null, TypeError, "footage: recordingId must be"],
  ])("%j is rejected at once", (source, kind, message) => {
    const { angelcam, fetch } = respond();
    const call = () => footage(angelcam, source as FootageSource, range(at(0), at(24)));
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
    expect(fetch.requests).toEqual([]);
  });
});

describe("a segment that cannot be read", () => {
  it.each([
    [
      { start: iso(at(2)), end: iso(at(1)) },
      `segments[0] ends before it starts, got start "${iso(at(2))}" and end "${iso(at(1))}"`,
    ],
    [
      { start: "24.11.2026 08:00", end: iso(at(1)) },
      'segments[0].start must be a date with its time zone, as 2026-11-24T08:00:00Z, got "24.11.2026 08:00"',
    ],
    [
      { start: iso(at(1)), end: 1_764_000_000 },
      "segments[0].end must be a date with its time zone, as 2026-11-24T08:00:00Z, got the number 1764000000",
    ],
    [null, "segments[0] must be an object, got null"],
  ])("%j is named", async (wrong, message) => {
    const { angelcam } = recordedFixture([], { instead: () => json({ segments: [wrong] }) });
    await expect(footage(angelcam, RECORDING, range(at(0), at(24))).toArray()).rejects.toThrow(
      `recordings.timeline: unexpected response: ${message}`,
    );
  });
});
