import type { Recording } from "../../generated/schema.ts";
import { type TimeSource, timestamp } from "./clock.ts";
import { joined, type TimeRange } from "./time-range.ts";

/** A recording as the sandbox keeps it, to look at or to change in place: `recording.status = "ERROR"`. */
export type SandboxRecording = Pick<
  KeptRecording,
  "id" | "cameraId" | "status" | "retention" | "record_queue_capacity" | "deactivated_at"
>;

/** When a recording stops by itself, and what from before its start it keeps. */
export interface StartOptions {
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** A recording whose footage grows with the clock. Old footage is not deleted, whatever the retention says. */
export class KeptRecording {
  readonly id: string;
  readonly cameraId: number;
  retention: string | null = "P7D";
  record_queue_capacity: number | null = null;
  /** A recording that was switched off is in the list of its camera and is not found otherwise. */
  deactivated_at: string | null = null;
  readonly #clock: TimeSource;
  #status: Recording["status"] = "READY";
  #footage: TimeRange[] = [];
  #recordsSince: number | undefined;
  #stopsAt: number | undefined;

  constructor(id: string, cameraId: number, clock: TimeSource) {
    this.id = id;
    this.cameraId = cameraId;
    this.#clock = clock;
  }

  /** Footage grows by the sandbox's clock while it is `RECORDING`, and no longer once a test sets another status. */
  get status(): Recording["status"] {
    this.#stopAsPlanned();
    return this.#status;
  }

  set status(status: Recording["status"]) {
    this.#stopAsPlanned();
    if (status !== "RECORDING") this.#keepUntil(this.#clock.now());
    else this.#recordsSince ??= this.#clock.now();
    this.#status = status;
  }

  /** All footage up to now. */
  get footage(): readonly TimeRange[] {
    this.#stopAsPlanned();
    const now = this.#clock.now();
    const running = this.#recordsSince === undefined ? [] : [{ start: this.#recordsSince, end: now }];
    return joined([...this.#footage, ...running]);
  }

  /** Replaces all footage. Nothing records afterwards, so that it stays as it is. */
  replace(footage: readonly TimeRange[]): void {
    this.stop();
    this.#footage = joined(footage);
  }

  /** Begins or goes on; of several planned stops the latest counts, and a start without one drops them. */
  start({ from, until }: StartOptions = {}): void {
    const now = this.#clock.now();
    this.#stopAsPlanned();
    const isPlanned = this.#recordsSince === undefined || this.#stopsAt !== undefined;
    this.#stopsAt = until !== undefined && isPlanned ? Math.max(until, this.#stopsAt ?? until) : undefined;
    this.#recordsSince = Math.min(this.#recordsSince ?? now, from ?? now, now);
    this.#status = "RECORDING";
  }

  stop(): void {
    this.#stopAsPlanned();
    this.#keepUntil(this.#clock.now());
    this.#status = "READY";
  }

  /** The recording as the API shows it. */
  show(): Recording {
    const { id, status, retention, record_queue_capacity, deactivated_at, footage } = this;
    const [first, last] = [footage[0], footage.at(-1)];
    return {
      ...{ id, status, retention, record_queue_capacity, deactivated_at },
      recording_start: first ? timestamp(first.start) : null,
      recording_end: last ? timestamp(last.end) : null,
    };
  }

  #stopAsPlanned(): void {
    if (this.#stopsAt === undefined || this.#stopsAt > this.#clock.now()) return;
    this.#keepUntil(this.#stopsAt);
    this.#status = "READY";
  }

  #keepUntil(end: number): void {
    if (this.#recordsSince !== undefined)
      this.#footage = joined([...this.#footage, { start: this.#recordsSince, end }]);
    this.#recordsSince = undefined;
    this.#stopsAt = undefined;
  }
}
