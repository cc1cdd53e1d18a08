import { checkNumber } from "../../base/check-number.ts";
import type { Angelcam } from "../../client/angelcam.ts";
import type { RequestOptions } from "../../client/request-options.ts";
import { checkClient } from "../check-client.ts";
import type { FootageSegment } from "../time-range.ts";

/**
 * A source of footage: the id of a recording, as `cameras.recordings.list` returns it; the id of a camera of one's own,
 * whose recording that never stops is meant; or the id of a shared camera, whose recordings have no ids.
 *
 * @example
 * ```ts
 * footage(angelcam, "3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093", { start, end });
 * footage(angelcam, { camera: 20311 }, { start, end });
 * footage(angelcam, { sharedCamera: 17204 }, { start, end });
 * ```
 */
export type FootageSource = string | { readonly camera: number } | { readonly sharedCamera: number };

/** A request about footage; what comes back is checked by its reader. */
type Read<Query> = (query: Query, options: RequestOptions) => PromiseLike<unknown>;

/** Opens a playback; the response says from where it came. */
type Open = (
  query: { start: string; end?: string },
  options: RequestOptions,
) => { withResponse(): Promise<{ readonly data: unknown; readonly response: Response }> };

/** The operations of a source. */
export interface SourceOperations {
  readonly timeline: { readonly id: string; readonly read: Read<FootageSegment> };
  readonly download: { readonly id: string; readonly read: Read<FootageSegment & { filename?: string }> };
  readonly stream: { readonly id: string; readonly open: Open };
}

/**
 * Chooses the operations of a source.
 *
 * @param where Names the helper in errors: `footage`.
 * @throws TypeError for anything that names no source, RangeError for an id that is no whole number from 1.
 */
export function operationsOf(where: string, angelcam: Angelcam, source: FootageSource): SourceOperations {
  checkClient(where, angelcam);
  if (typeof source === "string" && source !== "") {
    const { recordings } = angelcam;
    return {
      timeline: { id: "recordings.timeline", read: (query, options) => recordings.timeline(source, query, options) },
      download: { id: "recordings.download", read: (query, options) => recordings.download(source, query, options) },
      stream: { id: "recordings.stream", open: (query, options) => recordings.stream(source, query, options) },
    };
  }
  const { camera, sharedCamera } = Object(source) as { camera?: unknown; sharedCamera?: unknown };
  if (typeof source === "string" || (camera === undefined) === (sharedCamera === undefined)) {
    throw new TypeError(
      `${where}: recordingId must be a non-empty string, or { camera: id } or { sharedCamera: id }, got ${typeof source === "string" ? JSON.stringify(source) : typeof source}`,
    );
  }
  const own = angelcam.cameras.recording;
  const ownDownload = "cameras.recording.download";
  if (sharedCamera === undefined) {
    const id = checkId(`${where}: camera`, camera);
    return {
      timeline: { id: "cameras.recording.timeline", read: (query, options) => own.timeline(id, query, options) },
      download: { id: ownDownload, read: (query, options) => own.download(id, query, options) },
      stream: { id: "cameras.recording.stream", open: (query, options) => own.stream(id, query, options) },
    };
  }
  const id = checkId(`${where}: sharedCamera`, sharedCamera);
  const shared = angelcam.sharedCameras.recording;
  return {
    timeline: { id: "sharedCameras.recording.timeline", read: (query, options) => shared.timeline(id, query, options) },
    // The API has no download below shared cameras: this is the only one that goes by a camera.
    download: { id: ownDownload, read: (query, options) => own.download(id, query, options) },
    stream: { id: "sharedCameras.recording.stream", open: (query, options) => shared.stream(id, query, options) },
  };
}

function checkId(name: string, id: unknown): number {
  checkNumber(name, { type: "integer", minimum: 1 }, id);
  return id as number;
}
