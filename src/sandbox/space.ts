import type { RtsMessage } from "../../generated/schema.ts";
import type { ArrowClientCollection, SandboxArrowClients } from "./arrow-client-collection.ts";
import type { SandboxCamera, SandboxIncident, SandboxSharedCamera } from "./camera.ts";
import type { ClipCollection, SandboxClips } from "./clip-collection.ts";
import type { EventCollection, SandboxEvents } from "./event-collection.ts";
import type { RecordingCollection, SandboxRecordings } from "./recording-collection.ts";
import type { Collection, ItemSource, SandboxCollection } from "./resources/collection.ts";
import type { Item } from "./resources/resource-table.ts";
import type { SandboxStreamDetections, StreamDetectionRegistry } from "./stream-detection-registry.ts";

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

/** The origin of a space. */
export interface SpaceOptions extends ItemSource {
  readonly id: number;
  readonly name: string;
  readonly is_default: boolean;
  /** The offset between its ids and those of the document's examples. */
  readonly offset: number;
  /** How many cameras it starts with. */
  readonly cameraCount: number;
  /** The spaces of the account. */
  readonly siblings: () => readonly SandboxSpace[];
}

/** A space with all that the parts of the API need of it. */
export interface Space extends SandboxSpace, SpaceOptions {
  readonly recordings: RecordingCollection;
  readonly sharedRecordings: RecordingCollection;
  readonly clips: ClipCollection;
  readonly sharedClips: ClipCollection;
  readonly events: EventCollection;
  readonly arrowClients: ArrowClientCollection;
  readonly streamDetections: StreamDetectionRegistry;
  /** The part that tests see. */
  readonly content: SandboxSpaceContent;
  collection(path: string, parentId?: number | string): Collection<Item>;
  /** One object that is no list, such as settings. */
  object(path: string, parentId?: number | string): Item;
  /** Makes up a camera, with a new id. */
  inventCamera(): SandboxCamera;
  /** How many guests may see a camera: those that were invited and those that it started with. */
  guestsOf(camera: Pick<SandboxCamera, "id" | "guests">): number;
}
