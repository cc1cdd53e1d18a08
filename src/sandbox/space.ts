import type { RtsMessage } from "../../generated/schema.ts";
import { ArrowClientCollection, type SandboxArrowClients } from "./arrow-client-collection.ts";
import type { SandboxCamera, SandboxIncident, SandboxSharedCamera } from "./camera.ts";
import { ClipCollection, type SandboxClips } from "./clip-collection.ts";
import type { TimeSource } from "./clock.ts";
import { EventCollection, type SandboxEvents } from "./event-collection.ts";
import { Random } from "./random.ts";
import { RecordingCollection, type SandboxRecordings } from "./recording-collection.ts";
import type { SandboxCollection } from "./resources/collection.ts";
import type { Context } from "./resources/context.ts";
import { ResourceStore } from "./resources/resource-store.ts";
import { resources } from "./resources/resource-table.ts";
import { type SandboxStreamDetections, StreamDetectionRegistry } from "./stream-detection-registry.ts";

/** The content of one space: cameras, and everything that depends on them. */
export interface SandboxSpaceContent {
  readonly cameras: SandboxCollection<SandboxCamera>;
  /** The cameras shared by another account. */
  readonly sharedCameras: SandboxCollection<SandboxSharedCamera>;
  readonly recordings: SandboxRecordings;
  readonly clips: SandboxClips;
  readonly events: SandboxEvents;
  readonly messages: SandboxCollection<RtsMessage>;
  readonly incidents: SandboxCollection<SandboxIncident>;
  readonly arrowClients: SandboxArrowClients;
  readonly streamDetections: SandboxStreamDetections;
  /**
   * The items of any other list of the API, by its path.
   *
   * @param parentId The id of the item that the list belongs to, such as a camera's for its guests.
   * @throws RangeError for a path that is no list.
   * @example
   * ```ts
   * sandbox.account.collection("/v1/sensors/").add({ name: "Back door", type: "door_window" });
   * ```
   */
  collection(path: string, parentId?: number | string): SandboxCollection<Record<string, unknown>, number | string>;
}

/** A space of an account. Requests choose it with the header `X-Space-Id`; without it they work in the default one. */
export interface SandboxSpace extends SandboxSpaceContent {
  readonly id: number;
  readonly name: string;
  readonly is_default: boolean;
}

/** Options of a new space. */
export interface SpaceOptions {
  readonly id: number;
  readonly name: string;
  readonly isDefault: boolean;
  /** The offset between its ids and those of the document's examples. */
  readonly offset: number;
  readonly cameraCount: number;
  readonly userId: () => number;
  readonly clock: TimeSource;
  /** The source of made-up data. */
  readonly seed: string;
  readonly random: Random;
  readonly nextCameraId: () => number;
}

/** A space with all that the parts of the API need. */
export class Space implements SandboxSpace, Context {
  readonly id: number;
  readonly name: string;
  readonly is_default: boolean;
  readonly offset: number;
  readonly cameraCount: number;
  readonly clock: TimeSource;
  readonly random: Random;
  readonly nextCameraId: () => number;
  readonly resources: ResourceStore;
  readonly cameras: SandboxCollection<SandboxCamera>;
  readonly sharedCameras: SandboxCollection<SandboxSharedCamera>;
  readonly recordings: RecordingCollection;
  readonly sharedRecordings: RecordingCollection;
  readonly clips: ClipCollection;
  readonly sharedClips: ClipCollection;
  readonly events: EventCollection;
  readonly arrowClients: ArrowClientCollection;
  readonly streamDetections: StreamDetectionRegistry;
  readonly messages: SandboxCollection<RtsMessage>;
  readonly incidents: SandboxCollection<SandboxIncident>;
  readonly #userId: () => number;
  #lastNumber: number;

  constructor({ id, name, isDefault, offset, cameraCount, userId, clock, seed, random, nextCameraId }: SpaceOptions) {
    this.id = id;
    this.name = name;
    this.is_default = isDefault;
    this.offset = offset;
    this.cameraCount = cameraCount;
    this.clock = clock;
    this.random = random;
    this.nextCameraId = nextCameraId;
    this.#userId = userId;
    this.#lastNumber = 5_200_000 + offset;
    this.resources = new ResourceStore(this, `${seed}/resources`);
    this.cameras = this.#items("/v1/cameras/");
    // Each part has a source of its own, so that a new part changes nothing of the others.
    const source = (part: string) => new Random(`${seed}/${part}`);
    this.arrowClients = new ArrowClientCollection(clock, source("arrow-clients"));
    this.sharedCameras = this.#items("/v1/shared-cameras/");
    this.recordings = new RecordingCollection(this.cameras, clock, `${seed}/recordings`);
    this.sharedRecordings = new RecordingCollection(this.sharedCameras, clock, `${seed}/shared-recordings`);
    this.clips = new ClipCollection(clock, source("clips"), userId);
    this.sharedClips = new ClipCollection(clock, source("shared-clips"), userId);
    this.events = new EventCollection(this.cameras, clock, `${seed}/events`);
    this.messages = this.#items("/v1/rts/messages/");
    this.incidents = this.#items("/v1/rts/incidents/");
    this.streamDetections = new StreamDetectionRegistry(clock, source("detections"));
  }

  get userId(): number {
    return this.#userId();
  }

  collection(path: string, parentId?: number | string): SandboxCollection<Record<string, unknown>, number | string> {
    return this.resources.collection({ path }, parentId);
  }

  /** An id of a message or an incident, higher than all others. */
  readonly nextNumber = (): number => {
    this.#lastNumber += this.random.integer(1, 90);
    return this.#lastNumber;
  };

  /** How many guests may see a camera: those that were invited and those that it started with. */
  guestsOf({ id, guests }: Pick<SandboxCamera, "id" | "guests">): number {
    const resource = resources.get("/v1/cameras/{camera_id}/guests/");
    if (!resource || !this.resources.has(resource, id)) return guests;
    return this.resources.collection(resource, id).count;
  }

  #items<Item>(path: string): SandboxCollection<Item> {
    return this.resources.collection({ path }) as unknown as SandboxCollection<Item>;
  }
}

/** The content of a space, without the space itself. */
export function contentOf(space: SandboxSpaceContent): SandboxSpaceContent {
  const { cameras, sharedCameras, recordings, clips, events, messages, incidents, arrowClients } = space;
  const { streamDetections } = space;
  const collection: SandboxSpaceContent["collection"] = (path, parentId) => space.collection(path, parentId);
  return {
    ...{ cameras, sharedCameras, recordings, clips, events, messages, incidents, arrowClients, streamDetections },
    collection,
  };
}
