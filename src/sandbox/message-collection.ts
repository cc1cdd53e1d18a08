import type { RtsMessage } from "../../generated/schema.ts";
import { type TimeSource, timestamp } from "./clock.ts";
import type { Random } from "./random.ts";

/** The messages of an account, newest first. */
export interface SandboxMessages extends Iterable<RtsMessage> {
  readonly count: number;
  /** The message, to look at or to change in place. */
  get(id: number): RtsMessage | undefined;
  /** Adds a message at the front. What is left out is made up; the id is a new one. */
  add(message?: Partial<Omit<RtsMessage, "id">>): RtsMessage;
  /** Removes a message; false if there is none with this id. */
  remove(id: number): boolean;
}

type News = Pick<RtsMessage, "type" | "title" | "short_message">;

const NEWS: readonly [News, ...News[]] = [
  { type: "arming", title: "Warehouse is armed", short_message: "The location Warehouse is armed." },
  { type: "camera_status_offline", title: "A camera is offline", short_message: "A camera cannot be reached." },
  { type: "camera_status_online", title: "A camera is online", short_message: "A camera can be reached again." },
  { type: "my_incident", title: "Motion at Loading ramp", short_message: "The sensor Loading ramp saw motion." },
];

const HOUR = 3_600_000;

/** How many messages an account starts with. */
const AT_FIRST = 8;

/** The messages of an account. */
export class MessageCollection implements SandboxMessages {
  readonly #clock: TimeSource;
  readonly #random: Random;
  #messages: RtsMessage[] = [];
  #lastId = 5_120_000;

  constructor(clock: TimeSource, random: Random) {
    this.#clock = clock;
    this.#random = random;
    for (let hours = AT_FIRST; hours > 0; hours--) {
      const time = clock.now() - hours * HOUR - random.integer(0, HOUR);
      const message = this.add({ created_at: timestamp(time) });
      if (random.chance(50)) this.mark(message, true, time + HOUR);
    }
  }

  get count(): number {
    return this.#messages.length;
  }

  [Symbol.iterator](): Iterator<RtsMessage> {
    return this.#messages.values();
  }

  get(id: number): RtsMessage | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  add(message: Partial<Omit<RtsMessage, "id">> = {}): RtsMessage {
    const news = this.#random.pick(NEWS);
    this.#lastId += this.#random.integer(1, 90);
    const added = {
      created_at: timestamp(this.#clock.now()),
      ...news,
      long_message: message.short_message ?? news.short_message,
      is_read: false,
      show_detail: true,
      ...message,
      id: this.#lastId,
    };
    this.#messages.unshift(added);
    return added;
  }

  remove(id: number): boolean {
    const before = this.count;
    this.#messages = this.#messages.filter((message) => message.id !== id);
    return this.count < before;
  }

  /** Marks a message as read or unread. */
  mark(message: RtsMessage, isRead: boolean, time = this.#clock.now()): void {
    message.is_read = isRead;
    if (isRead) message.read_at ??= timestamp(time);
    else delete message.read_at;
  }
}
