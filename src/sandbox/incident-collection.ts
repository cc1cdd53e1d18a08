import type { Incident } from "../../generated/schema.ts";
import { type TimeSource, timestamp } from "./clock.ts";
import { storedSnapshotLink } from "./links.ts";
import type { Random } from "./random.ts";

/** An incident as the sandbox keeps it: what the API shows of it, but for the page to share, which ends after an hour. */
export type SandboxIncident = Omit<Incident, "incident_sharing_url">;

/** The incidents of an account, in the order in which they were added. */
export interface SandboxIncidents extends Iterable<SandboxIncident> {
  readonly count: number;
  /** The incident, to look at or to change in place: `incidents.get(id).closed_at = "..."`. */
  get(id: number): SandboxIncident | undefined;
  /** Adds an incident. What is left out is made up, and it is open; the id is a new one. */
  add(incident?: Partial<Omit<SandboxIncident, "id">>): SandboxIncident;
  /** Removes an incident; false if there is none with this id. */
  remove(id: number): boolean;
}

/** How long the page to share works; see spec/schemas/Incident.yaml. */
const SHARED_FOR = 3_600_000;

const HOUR = 3_600_000;

/** How many incidents an account starts with. */
const AT_FIRST = 7;

/** The incidents of an account. */
export class IncidentCollection implements SandboxIncidents {
  readonly #clock: TimeSource;
  readonly #random: Random;
  #incidents: SandboxIncident[] = [];
  #lastId = 90_400;

  constructor(clock: TimeSource, random: Random) {
    this.#clock = clock;
    this.#random = random;
    for (let days = AT_FIRST; days > 0; days--) {
      const time = clock.now() - days * 24 * HOUR + random.integer(0, 23 * HOUR);
      this.add({
        created_at: timestamp(time),
        verified_at: random.chance(40) ? timestamp(time + 90_000) : null,
        closed_at: timestamp(time + random.integer(2, 30) * 60_000),
      });
    }
  }

  get count(): number {
    return this.#incidents.length;
  }

  [Symbol.iterator](): Iterator<SandboxIncident> {
    return this.#incidents.values();
  }

  get(id: number): SandboxIncident | undefined {
    return this.#incidents.find((incident) => incident.id === id);
  }

  add(incident: Partial<Omit<SandboxIncident, "id">> = {}): SandboxIncident {
    const opened = incident.created_at ?? timestamp(this.#clock.now());
    this.#lastId += this.#random.integer(1, 20);
    const added = {
      created_at: opened,
      verified_at: null,
      closed_at: null,
      first_event_occurred_at: opened,
      last_event_occurred_at: opened,
      event_count: this.#random.integer(1, 9),
      snapshot: { url: storedSnapshotLink(this.#lastId, Date.parse(opened)), created_at: opened },
      ...incident,
      id: this.#lastId,
    };
    this.#incidents.push(added);
    return added;
  }

  remove(id: number): boolean {
    const before = this.count;
    this.#incidents = this.#incidents.filter((incident) => incident.id !== id);
    return this.count < before;
  }

  /** Those that were opened between both moments, both included, newest first. */
  select(from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): SandboxIncident[] {
    const opened = ({ created_at }: SandboxIncident) => Date.parse(created_at);
    return this.#incidents
      .filter((incident) => opened(incident) >= from && opened(incident) <= to)
      .sort((one, other) => opened(other) - opened(one) || other.id - one.id);
  }

  /** The incident as the API shows it. */
  show(incident: SandboxIncident): Incident {
    const isShared = this.#clock.now() < Date.parse(incident.created_at) + SHARED_FOR;
    const page = `https://my.angelcam.com/shared-incident/${incident.id.toString(16)}/`;
    return { ...incident, incident_sharing_url: isShared ? page : null };
  }
}
