// @ts-check
import { downloads, footage, liveStream } from "angelcam-client";
import { equal, truth } from "./expect.js";
import { setUp } from "./set-up.js";

/** A sandbox with footage over midnight, and a gap of six hours. */
function recorded() {
  const made = setUp();
  const [recording] = made.sandbox.recordings;
  if (!recording) throw new Error("the sandbox has no recording");
  made.sandbox.recordings.setFootage(recording.id, [
    { start: "2026-11-21T18:00:00Z", end: "2026-11-22T06:00:00Z" },
    { start: "2026-11-22T12:00:00Z", end: "2026-11-23T00:00:00Z" },
  ]);
  return { ...made, recording };
}

const RANGE = { start: "2026-11-21T18:00:00Z", end: new Date("2026-11-23T18:00:00Z") };

/** @type {import("./run.js").Check[]} */
export const cameraFootage = [
  {
    name: "footage: two days are read in two requests, and segments are joined over the edge of a window",
    async run() {
      const { sandbox, angelcam, recording } = recorded();
      const range = footage(angelcam, recording.id, RANGE);
      equal(range.cost, 2, "the cost");
      const segments = [];
      for await (const { start, end } of range) segments.push([Date.parse(start), Date.parse(end)]);
      equal(
        segments,
        [
          [Date.parse("2026-11-21T18:00:00Z"), Date.parse("2026-11-22T06:00:00Z")],
          [Date.parse("2026-11-22T12:00:00Z"), Date.parse("2026-11-23T00:00:00Z")],
        ],
        "the segments",
      );
      equal(sandbox.count({ operation: "recordings.timeline" }), 2, "requests");
    },
  },
  {
    name: "footage: gaps and coverage cost nothing more",
    async run() {
      const { sandbox, angelcam, recording } = recorded();
      const range = footage(angelcam, recording.id, RANGE);
      equal(await range.coverage(), { covered: 86_400, total: 172_800, ratio: 0.5 }, "the coverage");
      const gaps = [];
      for await (const { start } of range.gaps()) gaps.push(Date.parse(start));
      equal(gaps, [Date.parse("2026-11-22T06:00:00Z"), Date.parse("2026-11-23T00:00:00Z")], "the gaps");
      equal(sandbox.count({ operation: "recordings.timeline" }), 2, "requests");
    },
  },
  {
    name: "footage: a live stream has a link, and can be given back",
    async run() {
      const { sandbox, angelcam } = recorded();
      const camera = [...sandbox.cameras].find(({ status }) => status === "online");
      const stream = await liveStream(angelcam, camera?.id ?? 0, { format: "hls" });
      truth(stream.url.startsWith("https://"), "the link is https");
      await stream[Symbol.asyncDispose]();
    },
  },
  {
    name: "footage: downloads of five hours are two links",
    async run() {
      const { angelcam, recording } = recorded();
      const links = [];
      const range = { start: "2026-11-21T20:00:00Z", end: "2026-11-22T01:00:00Z" };
      for await (const { url } of downloads(angelcam, recording.id, range)) links.push(url);
      equal(links.length, 2, "links");
    },
  },
];
