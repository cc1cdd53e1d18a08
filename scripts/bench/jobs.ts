import type { Angelcam } from "../../src/index.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** Sends a request without this client: a path below the origin, and a body where there is one. */
export type Ask = <T>(path: string, body?: object) => Promise<T>;

/** The account that a job works on. */
export interface Site {
  readonly clock: VirtualClock;
  /** Cameras with every stream format; the first one has recorded. */
  readonly cameraIds: readonly number[];
  readonly recordingId: string;
}

/** A job, written with this client and with one that only sends requests. */
export interface Job {
  readonly name: string;
  ours(angelcam: Angelcam, site: Site, library: Library): Promise<unknown>;
  byHand(ask: Ask, site: Site): Promise<unknown>;
}

/** The helpers of the built package. */
export type Library = typeof import("../../src/index.ts");

interface List<T> {
  readonly next: string | null;
  readonly results: readonly T[];
}

const [MINUTE, DAY] = [60_000, 86_400_000];

/** A time range with footage: see `countRequests`. */
const CLIP = { start: "2026-11-24T08:00:00Z", end: "2026-11-24T08:05:00Z" };

/** The polling interval of the code without this client, in milliseconds. */
const POLL = 2000;

export const JOBS: readonly Job[] = [
  {
    name: "Dashboard of 250 cameras, an hour, read each minute",
    async ours(angelcam, { clock }) {
      for (let minute = 0; minute < 60; minute++) {
        await angelcam.cameras.list().toArray();
        await clock.pause(MINUTE);
      }
    },
    async byHand(ask, { clock }) {
      for (let minute = 0; minute < 60; minute++) {
        await everyPage(ask, "/v1/cameras/");
        await clock.pause(MINUTE);
      }
    },
  },
  {
    name: "A week of footage of one camera",
    async ours(angelcam, { recordingId, clock }, { footage }) {
      await footage(angelcam, recordingId, {
        start: new Date(clock.now() - 7 * DAY),
        end: new Date(clock.now()),
        clock,
      }).toArray();
    },
    async byHand(ask, { recordingId, clock }) {
      for (let start = clock.now() - 7 * DAY; start < clock.now(); start += DAY) {
        const [from, to] = [start, start + DAY].map((time) => new Date(time).toISOString());
        await ask(`/v1/recording/${recordingId}/timeline/?start=${from}&end=${to}`);
      }
    },
  },
  {
    name: "20 clips, ordered at once, until all are ready",
    async ours(angelcam, { cameraIds: [cameraId = 0], clock }, { createClip }) {
      await Promise.all(
        numbers(20).map((number) => createClip(angelcam, cameraId, { ...CLIP, name: `Clip ${number}`, clock })),
      );
    },
    async byHand(ask, { cameraIds: [cameraId], clock }) {
      const path = `/v1/cameras/${cameraId}/clips/`;
      const order = async (number: number) => {
        let clip = await ask<{ id: string; status: string }>(path, { ...CLIP, name: `Clip ${number}` });
        while (clip.status !== "READY") {
          await clock.pause(POLL);
          clip = await ask(`${path}${clip.id}/`);
        }
      };
      await Promise.all(numbers(20).map(order));
    },
  },
  liveJob("30 live hls streams, watched for a day", "hls", DAY, 55 * MINUTE),
  liveJob("30 live mjpeg streams, watched for an hour", "mjpeg", 60 * MINUTE, 100_000),
  {
    name: "5 widgets that ask for the same list at once",
    ours: (angelcam) => Promise.all(numbers(5).map(() => angelcam.cameras.list())),
    byHand: (ask) => Promise.all(numbers(5).map(() => ask("/v1/cameras/"))),
  },
];

/**
 * Watches 30 cameras, each with a link that works at any moment.
 *
 * @param every How often the link of a camera is renewed by hand, in milliseconds: well before it expires.
 */
function liveJob(name: string, format: "hls" | "mjpeg", duration: number, every: number): Job {
  return {
    name,
    async ours(angelcam, { cameraIds, clock }, { liveStream }) {
      const cameras = cameraIds.slice(0, 30);
      const streams = await Promise.all(cameras.map((id) => liveStream(angelcam, id, { format, clock })));
      for (const stream of streams) stream.onRenew(() => {});
      await clock.pause(duration - 1);
      for (const stream of streams) {
        if (stream.expired) throw new Error(`${name}: a link has expired`);
        stream.release();
      }
    },
    async byHand(ask, { cameraIds, clock }) {
      const end = clock.now() + duration;
      const watch = async (id: number) => {
        while (clock.now() < end) {
          await ask(`/v1/cameras/${id}/`);
          await clock.pause(every);
        }
      };
      await Promise.all(cameraIds.slice(0, 30).map(watch));
    },
  };
}

async function everyPage(ask: Ask, path: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let next: string | null | undefined = path; next; ) {
    const page: List<unknown> = await ask(next);
    all.push(...page.results);
    next = page.next?.slice(new URL(page.next).origin.length);
  }
  return all;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
