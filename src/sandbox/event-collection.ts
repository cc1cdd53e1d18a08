import type { Event } from "../../generated/schema.ts";
import type { SandboxCamera } from "./camera.ts";
import { type TimeSource, timestamp } from "./clock.ts";
import { type DateInput, toTime } from "./date-input.ts";
import { Random } from "./random.ts";
import type { SandboxCollection } from "./resources/collection.ts";

/** An event as the sandbox keeps it. */
export interface SandboxEvent extends Event {
  /** Unique key of the event; the API does not return it. */
  readonly number: number;
}

/** An event to add. What is left out is made up. */
export interface SandboxEventOptions {
  readonly title?: string | null;
  readonly category?: string;
  readonly source?: string;
  /** The sandbox's now by default. */
  readonly occurredAt?: DateInput;
}

/** The events of an account's cameras, in the order in which they came in. */
export interface SandboxEvents extends Iterable<SandboxEvent> {
  readonly count: number;
  /** Adds an event of a camera, as if the camera had noticed something. */
  add(cameraId: number, event?: SandboxEventOptions): SandboxEvent;
  /** Forgets all events. */
  clear(): void;
}

const SEEN: readonly [SandboxEventOptions, ...SandboxEventOptions[]] = [
  { title: null, category: "motion_detected", source: "camera" },
  { title: "Back door open", category: "sensor_triggered", source: "api" },
  { title: "Person at the gate", category: "motion_detected", source: "camera" },
];

const DAY = 86_400_000;

/** The events of an account. Each camera has a few of the last day, generated on first access. */
export class EventCollection implements SandboxEvents {
  readonly #cameras: SandboxCollection<SandboxCamera>;
  readonly #clock: TimeSource;
  readonly #seed: string;
  readonly #seen = new Set<number>();
  #events: SandboxEvent[] = [];
  #total = 0;

  constructor(cameras: SandboxCollection<SandboxCamera>, clock: TimeSource, seed: string) {
    this.#cameras = cameras;
    this.#clock = clock;
    this.#seed = seed;
  }

  get count(): number {
    return this.#all().length;
  }

  [Symbol.iterator](): Iterator<SandboxEvent> {
    return this.#all().values();
  }

  add(cameraId: number, event: SandboxEventOptions = {}): SandboxEvent {
    this.#all();
    return this.#push(cameraId, event);
  }

  clear(): void {
    this.#all();
    this.#events = [];
  }

  /** The events of a camera between both moments, the end not included, newest first. */
  select(cameraId: number, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): SandboxEvent[] {
    const at = ({ occurred_at }: SandboxEvent) => Date.parse(occurred_at);
    return this.#all()
      .filter((event) => event.camera === cameraId && at(event) >= from && at(event) < to)
      .sort((one, other) => at(other) - at(one) || other.number - one.number);
  }

  #all(): SandboxEvent[] {
    for (const { id } of this.#cameras) {
      if (this.#seen.has(id)) continue;
      this.#seen.add(id);
      const random = new Random(`${this.#seed}/${id}`);
      for (let made = random.integer(0, 5); made > 0; made--) {
        this.#push(id, { ...random.pick(SEEN), occurredAt: this.#clock.now() - random.integer(0, DAY) });
      }
    }
    return this.#events;
  }

  #push(cameraId: number, { occurredAt, ...event }: SandboxEventOptions): SandboxEvent {
    const now = this.#clock.now();
    const happened = occurredAt === undefined ? now : toTime("events.add: occurredAt", occurredAt);
    const added: SandboxEvent = {
      number: ++this.#total,
      camera: cameraId,
      site: this.#cameras.get(cameraId)?.locationId ?? null,
      title: event.title ?? null,
      category: event.category ?? "motion_detected",
      source: event.source ?? "camera",
      occurred_at: timestamp(happened),
      received_at: timestamp(Math.max(happened, now)),
    };
    this.#events.push(added);
    return added;
  }
}
