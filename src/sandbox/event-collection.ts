import type { Event } from "../../generated/schema.ts";
import type { SandboxCamera } from "./camera.ts";
import { type DateInput, type TimeSource, timestamp, toTime } from "./clock.ts";
import { Random } from "./random.ts";
import { ItemList, type SandboxList } from "./resources/collection.ts";

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
export type SandboxEvents = Pick<EventCollection, "count" | "add" | "clear" | typeof Symbol.iterator>;

const SEEN: readonly [SandboxEventOptions, ...SandboxEventOptions[]] = [
  { title: null, category: "motion_detected", source: "camera" },
  { title: "Back door open", category: "sensor_triggered", source: "api" },
  { title: "Person at the gate", category: "motion_detected", source: "camera" },
];

const DAY = 86_400_000;

/** The events of an account. Each camera has a few of the last day, generated on first access. */
export class EventCollection extends ItemList<SandboxEvent> {
  readonly #cameras: SandboxList<SandboxCamera>;
  readonly #clock: TimeSource;
  readonly #seed: string;
  readonly #seen = new Set<number>();
  #total = 0;

  constructor(cameras: SandboxList<SandboxCamera>, clock: TimeSource, seed: string) {
    super([], "number");
    this.#cameras = cameras;
    this.#clock = clock;
    this.#seed = seed;
  }

  /** Adds an event of a camera, as if the camera had noticed something; null for one that belongs to no camera. */
  add(cameraId: number | null, event: SandboxEventOptions = {}): SandboxEvent {
    this.all();
    return this.#push(cameraId, event);
  }

  /** Forgets all events. */
  clear(): void {
    this.all();
    this.items = [];
  }

  protected override all(): readonly SandboxEvent[] {
    for (const { id } of this.#cameras) {
      if (this.#seen.has(id)) continue;
      this.#seen.add(id);
      const random = new Random(`${this.#seed}/${id}`);
      for (let made = random.integer(0, 5); made > 0; made--) {
        this.#push(id, { ...random.pick(SEEN), occurredAt: this.#clock.now() - random.integer(0, DAY) });
      }
    }
    return this.items;
  }

  #push(cameraId: number | null, { occurredAt, ...event }: SandboxEventOptions): SandboxEvent {
    const now = this.#clock.now();
    const happened = occurredAt === undefined ? now : toTime("events.add: occurredAt", occurredAt);
    const added: SandboxEvent = {
      number: ++this.#total,
      camera: cameraId,
      site: (cameraId === null ? undefined : this.#cameras.get(cameraId)?.locationId) ?? null,
      title: event.title ?? null,
      category: event.category ?? "motion_detected",
      source: event.source ?? "camera",
      occurred_at: timestamp(happened),
      received_at: timestamp(Math.max(happened, now)),
    };
    this.items.push(added);
    return added;
  }
}
