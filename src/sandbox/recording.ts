import type { Recording } from "../../generated/schema.ts";
import { HOUR } from "../base/time.ts";
import type { TimeRange } from "../base/time-range.ts";
import { RequestError } from "../http/request-error.ts";
import { type TimeSource, timestamp } from "./clock.ts";

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
  #footage: readonly TimeRange[] = [];
  /** The footage that grows with the clock, until its planned end or for ever. */
  #running: TimeRange | undefined;

  constructor(id: string, cameraId: number, clock: TimeSource) {
    this.id = id;
    this.cameraId = cameraId;
    this.#clock = clock;
  }

  /** Footage grows by the sandbox's clock while it is `RECORDING`, and no longer once a test sets another status. */
  get status(): Recording["status"] {
    const { end = Number.POSITIVE_INFINITY } = this.#running ?? {};
    return end <= this.#clock.now() ? "READY" : this.#status;
  }

  set status(status: Recording["status"]) {
    if (status === "RECORDING" && this.status === "RECORDING") return;
    this.#footage = this.footage;
    this.#running = status === "RECORDING" ? { start: this.#clock.now(), end: Number.POSITIVE_INFINITY } : undefined;
    this.#status = status;
  }

  /** All footage up to now. */
  get footage(): readonly TimeRange[] {
    const now = this.#clock.now();
    const running = this.#running ? [{ start: this.#running.start, end: Math.min(this.#running.end, now) }] : [];
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
    const before = this.status === "RECORDING" ? this.#running : undefined;
    const planned = before?.end === Number.POSITIVE_INFINITY ? undefined : before?.end;
    this.status = "RECORDING";
    this.#running = {
      start: Math.min(before?.start ?? now, from ?? now, now),
      end: until === undefined ? Number.POSITIVE_INFINITY : Math.max(until, planned ?? until),
    };
  }

  stop(): void {
    this.status = "READY";
  }

  /** The recording as the API shows it. */
  show(): Recording {
    const { footage, status } = this;
    const [first, last] = [footage[0], footage.at(-1)];
    const recording_start = first ? timestamp(first.start) : null;
    return { ...this, status, recording_start, recording_end: last ? timestamp(last.end) : null };
  }
}

/** The same footage in order; stretches that overlap or touch become one. */
function joined(footage: readonly TimeRange[]): TimeRange[] {
  const result: TimeRange[] = [];
  for (const next of footage.filter(({ start, end }) => start < end).sort((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    if (!last || next.start > last.end) result.push(next);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
  }
  return result;
}

/** A range as the API shows it. */
export function shownRange({ start, end }: TimeRange): { start: string; end: string } {
  return { start: timestamp(start), end: timestamp(end) };
}

/** The footage as the API shows it: what lasts less than a second may begin and end in the same one, and is left out. */
export function shownSegments(footage: readonly TimeRange[]): { start: string; end: string }[] {
  return footage.map(shownRange).filter(({ start, end }) => start < end);
}

/**
 * Checks the range of a request.
 *
 * @throws RequestError in the words of spec/examples.
 */
export function checkRange({ start, end }: TimeRange, hours = Number.POSITIVE_INFINITY, what = "The range"): void {
  if (start >= end) throw new RequestError(400, "The start must be before the end.");
  if (end - start > hours * HOUR) throw new RequestError(400, `${what} cannot be longer than ${hours} hours.`);
}
