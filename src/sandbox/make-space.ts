import type { RtsMessage } from "../../generated/schema.ts";
import { Random } from "../base/random.ts";
import { ArrowClientCollection } from "./arrow-client-collection.ts";
import type { SandboxIncident } from "./camera.ts";
import { ClipCollection } from "./clip-collection.ts";
import { EventCollection } from "./event-collection.ts";
import { RecordingCollection } from "./recording-collection.ts";
import type { SandboxCollection } from "./resources/collection.ts";
import { makeStore } from "./resources/resource-store.ts";
import type { Space, SpaceOptions } from "./space.ts";
import { StreamDetectionRegistry } from "./stream-detection-registry.ts";

/** The id of the first camera, the one that the docs use. */
const FIRST_CAMERA_ID = 20_311;

/** The largest difference between the ids of two cameras: they have gaps, as in a database that many people use. */
const CAMERA_ID_GAP = 30;

/** How many cameras a space can start with. Spaces are 500,000 ids apart, so that no two of them have the same id. */
export const MOST_CAMERAS = 16_000;

/** Makes a space with its content. Each part has a source of its own, so that a new part changes nothing of the others. */
export function makeSpace(options: SpaceOptions): Space {
  const { clock, random, seed } = options;
  // The lists look at the space that they are in; it is complete at the end of this function.
  const space = { ...options } as Space;
  const store = makeStore(space, `${seed}/resources`);
  const list = <Item extends object>(path: string) => store.collection(path) as unknown as SandboxCollection<Item>;
  let cameraId = FIRST_CAMERA_ID + options.offset;
  const arrowClients = new ArrowClientCollection(clock, new Random(`${seed}/arrow-clients`));
  Object.assign(space, {
    collection: store.collection,
    object: store.object,
    arrowClients,
    nextCameraId: () => {
      const id = cameraId;
      cameraId += random.integer(1, CAMERA_ID_GAP);
      return id;
    },
    guestsOf: ({ id, guests }) => store.known("/v1/cameras/{camera_id}/guests/", id)?.count ?? guests,
  } satisfies Partial<Space>);
  const cameras: Space["cameras"] = list("/v1/cameras/");
  Object.assign(space, { cameras });
  const sharedCameras: Space["sharedCameras"] = list("/v1/shared-cameras/");
  const content = {
    ...{ cameras, sharedCameras, arrowClients, collection: store.collection },
    recordings: new RecordingCollection(options, cameras, "recordings"),
    clips: new ClipCollection(options, cameras, "clips"),
    events: new EventCollection(options, cameras, "events", "number"),
    messages: list<RtsMessage>("/v1/rts/messages/"),
    incidents: list<SandboxIncident>("/v1/rts/incidents/"),
    streamDetections: new StreamDetectionRegistry(clock, new Random(`${seed}/detections`)),
  };
  return Object.assign(space, content, {
    content,
    sharedRecordings: new RecordingCollection(options, sharedCameras, "shared-recordings"),
    sharedClips: new ClipCollection(options, sharedCameras, "shared-clips"),
  });
}
