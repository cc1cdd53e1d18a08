import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { Downloads, downloads, type FootageDownload } from "../../../src/helpers/footage/downloads.ts";
import type { FootageSegment } from "../../../src/helpers/footage/footage.ts";
import {
  Angelcam,
  type FootageSource,
  personalAccessToken,
  ServerError,
  UnexpectedResponseError,
} from "../../../src/index.ts";
import { envelope, json, recordingFetch } from "../../support/fake-angelcam.ts";
import { runs } from "../../support/property-runs.ts";
import { runsOf, strips } from "./model.ts";
import {
  at,
  collect,
  HOUR,
  iso,
  LATER,
  RECORDING,
  recordedFixture,
  segment,
  type TimeRange,
} from "./recorded-fixture.ts";

const range = (from: number, to: number) => ({ start: iso(from), end: iso(to), clock: LATER });
const unavailable = () => envelope(503, "bad_gateway", "x");
const link = (range: TimeRange): FootageDownload => {
  const { start, end } = segment(range);
  return { start, end, url: `https://rec-eu1.angelcam.com/download/${start}--${end}` };
};

/** One hour, eight hours over midnight, exactly three hours; a day with nothing; half an hour. */
const RECORDED: readonly TimeRange[] = [
  [at(1), at(2)],
  [at(20), at(28)],
  [at(30), at(33)],
  [at(80), at(80.5)],
];
const PIECES: readonly TimeRange[] = [
  [at(1), at(2)],
  [at(20), at(23)],
  [at(23), at(26)],
  [at(26), at(28)],
  [at(30), at(33)],
  [at(80), at(80.5)],
];

describe("downloads", () => {
  it("are links to the segments, cut into three hours and a rest, and none for a gap", async () => {
    const { angelcam, sent, rejected } = recordedFixture(RECORDED);
    expect(await collect(downloads(angelcam, RECORDING, range(at(0), at(96))))).toEqual(PIECES.map(link));
    const pieces = sent().filter(({ what }) => what === "download");
    expect(pieces.map(({ start, end }) => ({ start, end }))).toEqual(PIECES.map(segment));
    expect(rejected()).toBe(0);
  });

  it("are cut to the range", async () => {
    const { angelcam } = recordedFixture(RECORDED);
    expect(await collect(downloads(angelcam, RECORDING, range(at(22), at(25.5))))).toEqual([
      link([at(22), at(25)]),
      link([at(25), at(25.5)]),
    ]);
  });

  it("of a range without footage are none, for the timeline alone", async () => {
    const { angelcam, sent } = recordedFixture(RECORDED);
    const links = downloads(angelcam, RECORDING, range(at(34), at(79)));
    expect(await collect(links)).toEqual([]);
    expect(sent().map(({ what }) => what)).toEqual(["timeline", "timeline"]);
    expect(links.timelineCost).toBe(2);
  });

  it("cover exactly the segments of any footage, in as few legal pieces as there can be", async () => {
    await fc.assert(
      fc.asyncProperty(strips(4), async (strip) => {
        const { angelcam, sent, rejected } = recordedFixture(strip.recorded, { manner: strip.manner });
        const links = downloads(angelcam, RECORDING, range(strip.start, strip.end));
        const given = await collect(links);
        const joined: [number, number][] = [];
        for (const { start, end } of given) {
          const [from, to] = [Date.parse(start), Date.parse(end)];
          expect(from).toBeLessThan(to);
          expect(to - from).toBeLessThanOrEqual(3 * HOUR);
          const last = joined.at(-1);
          if (last?.[1] === from) last[1] = to;
          else joined.push([from, to]);
        }
        expect(joined).toEqual(runsOf(strip, true));
        const fewest = runsOf(strip, true).map(([from, to]) => Math.ceil((to - from) / (3 * HOUR)));
        expect(given).toHaveLength(fewest.reduce((sum, count) => sum + count, 0));
        expect(sent()).toHaveLength(links.timelineCost + given.length);
        expect(rejected()).toBe(0);
      }),
      runs("downloads"),
    );
  });

  it("lose and duplicate nothing, whichever requests fail", async () => {
    await fc.assert(
      fc.asyncProperty(strips(3), fc.array(fc.nat(20), { maxLength: 4 }), async (strip, failures) => {
        const fixture = (failing: readonly number[]) =>
          recordedFixture(strip.recorded, {
            manner: strip.manner,
            instead: (index) => (failing.includes(index) ? unavailable() : undefined),
          });
        const [sound, failing] = [fixture([]), fixture(failures)];
        const wanted = await collect(downloads(sound.angelcam, RECORDING, range(strip.start, strip.end)));
        const links = downloads(failing.angelcam, RECORDING, range(strip.start, strip.end));
        const given: FootageDownload[] = [];
        const again = (): Promise<unknown> =>
          collect(links, given).catch((error) => (error instanceof ServerError ? again() : Promise.reject(error)));
        await again();
        expect(given).toEqual(wanted);
        const failed = new Set(failures.filter((index) => index < failing.sent().length)).size;
        expect(failing.sent()).toHaveLength(sound.sent().length + failed);
      }),
      runs("downloads that fail"),
    );
  });
});

describe("what downloads cost", () => {
  it("is known beforehand for the timeline, and for the links as soon as that is read", async () => {
    const { angelcam, sent } = recordedFixture(RECORDED);
    const links = downloads(angelcam, RECORDING, range(at(0), at(96)));
    expect(links.timelineCost).toBe(4);
    expect(sent()).toHaveLength(0);
    expect(await links.countLinks()).toBe(PIECES.length);
    expect(sent()).toHaveLength(4);
    await collect(links);
    expect(sent()).toHaveLength(4 + PIECES.length);
  });
});

describe("downloads are requested lazily", () => {
  it("so a link is never older than the wish for it", async () => {
    const { angelcam, sent } = recordedFixture(RECORDED);
    const links = downloads(angelcam, RECORDING, range(at(0), at(96)))[Symbol.asyncIterator]();
    expect(sent()).toHaveLength(0);
    expect((await links.next()).value).toEqual(link([at(1), at(2)]));
    expect(sent().map(({ what }) => what)).toEqual(["timeline", "download"]);
    expect((await links.next()).value).toEqual(link([at(20), at(23)]));
    expect(sent().map(({ what }) => what)).toEqual(["timeline", "download", "timeline", "download"]);
  });

  it("so after a break there are new links, and the timeline is not read again", async () => {
    const { angelcam, sent } = recordedFixture(RECORDED);
    const links = downloads(angelcam, RECORDING, range(at(0), at(96)));
    for await (const _link of links) break;
    expect(await collect(links)).toHaveLength(PIECES.length);
    expect(sent()).toHaveLength(1 + 4 + PIECES.length);
  });
});

describe("downloads that fail in the middle", () => {
  it.each([
    ["link", 3],
    ["window of the timeline", 2],
  ])("go on with the %s that failed", async (_what, failing) => {
    const { angelcam, sent } = recordedFixture(RECORDED, {
      instead: (index) => (index === failing ? unavailable() : undefined),
    });
    const links = downloads(angelcam, RECORDING, range(at(0), at(96)));
    const given: FootageDownload[] = [];
    await expect(collect(links, given)).rejects.toBeInstanceOf(ServerError);
    expect(given).toEqual([link([at(1), at(2)])]);
    await collect(links, given);
    expect(given).toEqual(PIECES.map(link));
    expect(sent()[failing + 1]).toEqual(sent()[failing]);
    expect(sent()).toHaveLength(4 + PIECES.length + 1);
  });

  it("fail when a response has no link", async () => {
    const { angelcam } = recordedFixture(RECORDED, { instead: (index) => (index === 1 ? json({}) : undefined) });
    const links = downloads(angelcam, RECORDING, range(at(0), at(24)));
    const error = await collect(links).catch((reason) => reason);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect([error.code, error.operationId]).toEqual(["unexpected_response", "recordings.download"]);
    expect(await collect(links)).toHaveLength(3);
  });

  it("send nothing after an abort, and end with its reason", async () => {
    const reason = new Error("the caller left");
    const controller = new AbortController();
    const { angelcam, sent } = recordedFixture(RECORDED);
    const links = downloads(angelcam, RECORDING, { ...range(at(0), at(96)), signal: controller.signal });
    const walk = async () => {
      for await (const { url } of links) {
        expect(url).toContain("2026-11-01T01:00:00Z");
        controller.abort(reason);
      }
    };
    await expect(walk()).rejects.toBe(reason);
    await expect(links.countLinks()).rejects.toBe(reason);
    expect(sent()).toHaveLength(2);
  });
});

describe("the name of the files", () => {
  it("is left to the API unless there is one", async () => {
    const { angelcam, sent } = recordedFixture(RECORDED);
    await collect(downloads(angelcam, RECORDING, range(at(0), at(24))));
    expect(sent().every(({ filename }) => filename === null)).toBe(true);
  });

  it("is sent as it is, or made from the piece", async () => {
    const { angelcam, sent } = recordedFixture(RECORDED);
    await collect(downloads(angelcam, RECORDING, { ...range(at(0), at(5)), filename: "front door" }));
    const filename = ({ start, end }: FootageSegment) => `${start} to ${end}`;
    await collect(downloads(angelcam, RECORDING, { ...range(at(0), at(5)), filename }));
    expect(sent().map((request) => request.filename)).toEqual([
      null,
      "front door",
      null,
      "2026-11-01T01:00:00Z to 2026-11-01T02:00:00Z",
    ]);
  });

  it("must not be empty, wherever it comes from", async () => {
    const { angelcam, sent } = recordedFixture(RECORDED);
    for (const filename of ["", 7, null])
      expect(() =>
        downloads(angelcam, RECORDING, { ...range(at(0), at(5)), filename: filename as unknown as string }),
      ).toThrow(new TypeError("downloads: filename must be a non-empty string"));
    const links = downloads(angelcam, RECORDING, { ...range(at(0), at(5)), filename: () => "" });
    await expect(collect(links)).rejects.toThrow("downloads: filename must be a non-empty string");
    expect(sent().map(({ what }) => what)).toEqual(["timeline"]);
  });
});

describe("arguments", () => {
  it.each([
    ["start", { start: "yesterday", end: "2026-11-02T00:00:00Z" }, TypeError],
    ["end", { start: "2026-11-01T00:00:00Z", end: new Date(Number.NaN) }, TypeError],
    ["start must be before end", { start: "2026-11-02T00:00:00Z", end: "2026-11-01T00:00:00Z" }, RangeError],
  ])("that are invalid are rejected at once, naming the %s: %j", (name, options, kind) => {
    const { angelcam } = recordedFixture([]);
    expect(() => downloads(angelcam, RECORDING, options)).toThrow(kind);
    expect(() => downloads(angelcam, RECORDING, options)).toThrow(`downloads: ${name}`);
    expect(() => downloads(angelcam, "", range(at(0), at(1)))).toThrow("downloads: recordingId");
  });

  it("go to every request, but for the range and the name", async () => {
    const { angelcam, fetch } = recordedFixture(RECORDED);
    await collect(downloads(angelcam, RECORDING, { ...range(at(0), at(5)), space: 411 }));
    expect(fetch.requests.map(({ headers }) => headers.get("X-Space-Id"))).toEqual(["411", "411"]);
  });

  it("and results have their types", () => {
    const { angelcam } = recordedFixture(RECORDED);
    const links = downloads(angelcam, RECORDING, { start: new Date(at(0)), end: "2026-11-02" });
    expect(links).toBeInstanceOf(Downloads);
    expectTypeOf(links).toExtend<AsyncIterable<FootageDownload>>();
    expectTypeOf<FootageDownload>().toEqualTypeOf<{ start: string; end: string; url: string }>();
    expectTypeOf(links.timelineCost).toBeNumber();
    expectTypeOf(links.countLinks()).resolves.toBeNumber();
    // @ts-expect-error the range has an end
    expect(() => downloads(angelcam, RECORDING, { start: "2026-11-01T00:00:00Z" })).toThrow(TypeError);
    // @ts-expect-error a name is a text
    expect(() => downloads(angelcam, RECORDING, { ...range(at(0), at(1)), filename: 7 })).toThrow(TypeError);
  });
});

describe("the source of downloads", () => {
  it.each<[FootageSource, string, string]>([
    ["3b0c7e52", "/v1/recording/3b0c7e52/timeline/", "/v1/recording/3b0c7e52/download/"],
    [{ camera: 7 }, "/v1/cameras/7/recording/timeline/", "/v1/cameras/7/recording/download/"],
    [{ sharedCamera: 7 }, "/v1/shared-cameras/7/recording/timeline/", "/v1/cameras/7/recording/download/"],
  ])("%j is read at %s and %s", async (source, ...paths) => {
    const url = "https://rec-eu1.angelcam.com/download/x";
    const fetch = recordingFetch(() => json({ url, segments: [segment([at(1), at(2)])] }));
    const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, quota: false });
    const links = await collect(downloads(angelcam, source, range(at(0), at(24))));
    expect(links).toEqual([{ ...segment([at(1), at(2)]), url }]);
    expect(fetch.requests.map((request) => new URL(request.url).pathname)).toEqual(paths);
  });
});
