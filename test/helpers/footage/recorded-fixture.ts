import { Angelcam, personalAccessToken } from "../../../src/index.ts";
import { envelope, json, type RecordingFetch, recordingFetch } from "../../support/fake-angelcam.ts";
import { ManualClock } from "../../support/manual-clock.ts";

/** The id of the recording in all tests of this folder. */
export const RECORDING = "3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093";

/** Long after all footage of these tests, so that nothing of it is in the future. */
export const LATER = new ManualClock("2030-01-01T00:00:00Z");

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** From and to, in milliseconds since 1970. */
export type TimeRange = readonly [from: number, to: number];

/**
 * The behaviour that the documents leave open: whether a segment that crosses the edge of the range is cut there, comes whole, is cut
 * and leaves a segment of no length where it only touches the range, or is cut and written in whole seconds.
 */
export type Manner = "cut" | "whole" | "touching" | "seconds";

interface WorldOptions {
  readonly manner?: Manner;
  /** May respond instead of the server; called with the number of the request, from 0. */
  readonly instead?: (index: number, signal: AbortSignal | undefined) => Response | Promise<Response> | undefined;
}

export interface SentRequest {
  readonly what: "timeline" | "download";
  readonly start: string;
  readonly end: string;
  readonly filename: string | null;
}

/** A client of a small Angelcam that holds the footage and keeps to the limits of 24 and 3 hours. */
export function recordedFixture(
  recorded: readonly TimeRange[],
  { manner = "cut", instead }: WorldOptions = {},
): { angelcam: Angelcam; fetch: RecordingFetch; sent: () => SentRequest[]; rejected: () => number } {
  let rejections = 0;
  const fetch = recordingFetch(({ url }, index, signal) => {
    const response = instead?.(index, signal);
    if (response) return response;
    const { what, start, end } = read(url);
    const [from, to] = [Date.parse(start), Date.parse(end)];
    if (!(from < to) || to - from > (what === "timeline" ? 24 : 3) * HOUR) {
      rejections++;
      return envelope(400, "invalid", "The range is too long.");
    }
    if (what === "download") return json({ url: `https://rec-eu1.angelcam.com/download/${start}--${end}` });
    return json({ start, end, segments: timeline(recorded, [from, to], manner) });
  });
  const angelcam = new Angelcam({ auth: personalAccessToken("x".repeat(20)), fetch, quota: false, retry: false });
  return { angelcam, fetch, sent: () => fetch.requests.map(({ url }) => read(url)), rejected: () => rejections };
}

/** Everything that comes, in `into`, so that what came before a failure is there too. */
export async function collect<T>(items: AsyncIterable<T>, into: T[] = []): Promise<T[]> {
  for await (const item of items) into.push(item);
  return into;
}

/** A moment, so many hours after the beginning of the tests' fixture. */
export function at(hours: number): number {
  return Date.parse("2026-11-01T00:00:00Z") + hours * HOUR;
}

export function iso(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString();
  return text.endsWith(".000Z") ? `${text.slice(0, -5)}Z` : text;
}

export function segment([from, to]: TimeRange): { start: string; end: string } {
  return { start: iso(from), end: iso(to) };
}

function read(url: string): SentRequest {
  const { pathname, searchParams } = new URL(url);
  if (!pathname.includes(RECORDING)) throw new Error(`not the recording: ${pathname}`);
  return {
    what: pathname.endsWith("/timeline/") ? "timeline" : "download",
    start: searchParams.get("start") ?? "",
    end: searchParams.get("end") ?? "",
    filename: searchParams.get("filename"),
  };
}

function timeline(recorded: readonly TimeRange[], [from, to]: TimeRange, manner: Manner) {
  const cut = ([start, end]: TimeRange): TimeRange => [Math.max(start, from), Math.min(end, to)];
  const met = recorded.filter(([start, end]) =>
    manner === "touching" ? end >= from && start <= to : end > from && start < to,
  );
  const down = (milliseconds: number) => Math.floor(milliseconds / 1000) * 1000;
  return met
    .map((range) => (manner === "whole" ? range : cut(range)))
    .map(([start, end]) => segment(manner === "seconds" ? [down(start), down(end)] : [start, end]));
}
