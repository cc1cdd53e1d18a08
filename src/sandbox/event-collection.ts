import type { Event } from "../../generated/schema.ts";
import type { Random } from "../base/random.ts";
import { DAY } from "../base/time.ts";
import type { SandboxCamera } from "./camera.ts";
import { type DateInput, timestamp, toTime } from "./clock.ts";
import { rulesFor } from "./document.ts";
import { CameraItems } from "./resources/collection.ts";

/** An event as the sandbox keeps it. */
export interface SandboxEvent extends Event {
  /** Unique key of the event; the API does not return it. */
  readonly number: number;
}

/** An event to add. What is left out is made up. */
export interface SandboxEventOptions {
  readonly title?: string | null | undefined;
  readonly category?: string;
  readonly source?: string;
  /** The sandbox's now by default. */
  readonly occurredAt?: DateInput | undefined;
}

/** The events of an account's cameras, in the order in which they came in. */
export type SandboxEvents = Pick<EventCollection, "count" | "add" | "clear" | typeof Symbol.iterator>;

/** The examples of the document. */
const SEEN = rulesFor("cameras.events.list").examples.flatMap((page) => (page as { results: Event[] }).results);

/** The events of an account. Each camera has a few of the last day. */
export class EventCollection extends CameraItems<SandboxEvent, SandboxCamera, number> {
  #total = 0;

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

  protected override begin({ id }: SandboxCamera, random: Random): void {
    for (let made = random.integer(0, 5); made > 0; made--) {
      const { title, category, source } = random.pick(SEEN as [Event]);
      this.#push(id, { title, category, source, occurredAt: this.source.clock.now() - random.integer(0, DAY) });
    }
  }

  #push(cameraId: number | null, { occurredAt, ...event }: SandboxEventOptions): SandboxEvent {
    const now = this.source.clock.now();
    const happened = occurredAt === undefined ? now : toTime("events.add: occurredAt", occurredAt);
    const added: SandboxEvent = {
      number: ++this.#total,
      camera: cameraId,
      site: (cameraId === null ? undefined : this.cameras.get(cameraId)?.locationId) ?? null,
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
