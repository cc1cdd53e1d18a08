import type { Clip } from "../../generated/schema.ts";
import { type DateInput, timestamp, toTime } from "./clock.ts";
import { CameraItems } from "./resources/collection.ts";

/** A clip as the sandbox keeps it. */
export interface SandboxClip {
  readonly id: string;
  readonly cameraId: number;
  readonly createdBy: number;
  readonly name: string;
  readonly start: string;
  readonly end: string;
  /** When it was ordered, in milliseconds since 1970, by the sandbox's clock. */
  readonly orderedAt: number;
  readonly sharingToken: string;
  /** Whom it was mailed to, in this order. */
  readonly sharedWith: string[];
  /** By the sandbox's clock: `PENDING` for 5 seconds, `BUILDING` for 15 more, and then its outcome. */
  readonly status: Clip["status"];
  /** The outcome of the clip; a test can change it at any time. */
  outcome: "READY" | "ERROR";
}

/** A clip to add. */
export interface SandboxClipOptions {
  readonly name?: string;
  readonly start: DateInput;
  readonly end: DateInput;
  /** The id of the user who ordered it; the account's own by default. */
  readonly createdBy?: number;
}

/** The clips of an account, newest first. */
export type SandboxClips = Pick<ClipCollection, "count" | "get" | "add" | "failNext" | typeof Symbol.iterator>;

/** How long a clip waits and then is cut, in milliseconds. Made up: Angelcam names no time. */
const [PENDING_FOR, BUILDING_FOR] = [5_000, 15_000];

/** The clips of an account. They go with their cameras. */
export class ClipCollection extends CameraItems<SandboxClip, { readonly id: number }> {
  /** Orders a clip without a request. Whether there is footage does not matter. */
  add(cameraId: number, { name = "Clip", start, end, createdBy }: SandboxClipOptions): SandboxClip {
    const { clock, userId } = this.source;
    const clip: SandboxClip = {
      id: this.random.uuid(),
      cameraId,
      createdBy: createdBy ?? userId,
      name,
      start: timestamp(toTime("clips.add: start", start)),
      end: timestamp(toTime("clips.add: end", end)),
      orderedAt: clock.now(),
      sharingToken: this.random.uuid(),
      sharedWith: [],
      outcome: this.takeFailure() ? "ERROR" : "READY",
      get status() {
        const waited = clock.now() - this.orderedAt;
        if (waited < PENDING_FOR) return "PENDING";
        return waited < PENDING_FOR + BUILDING_FOR ? "BUILDING" : this.outcome;
      },
    };
    this.items.unshift(clip);
    return clip;
  }
}

/** The clip as the API shows it. */
export function showClip(clip: SandboxClip, download_url: string): Clip {
  const { createdBy: created_by, sharingToken: sharing_token, orderedAt } = clip;
  return { ...clip, created_by, sharing_token, created_at: timestamp(orderedAt), download_url };
}
