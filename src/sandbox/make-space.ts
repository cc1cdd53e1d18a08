import type { RtsMessage } from "../../generated/schema.ts";
import { ArrowClientCollection } from "./arrow-client-collection.ts";
import type { SandboxIncident } from "./camera.ts";
import { ClipCollection } from "./clip-collection.ts";
import { EventCollection } from "./event-collection.ts";
import { cameraInventor } from "./invent-camera.ts";
import { RecordingCollection } from "./recording-collection.ts";
import type { SandboxCollection } from "./resources/collection.ts";
import { makeStore } from "./resources/resource-store.ts";
import type { Space, SpaceOptions } from "./space.ts";
import { StreamDetectionRegistry } from "./stream-detection-registry.ts";

/** How many cameras a space can start with. Spaces are 500,000 ids apart, so that no two of them have the same id. */
export const MOST_CAMERAS = 16_000;

/** Makes a space with its content. Each part has a source of its own, so that a new part changes nothing of the others. */
export function makeSpace(options: SpaceOptions): Space {
  // The lists look at the space that they are in; it is complete at the end of this function.
  const space = { ...options } as Space;
  const { collection, object, known } = makeStore(space, `${options.seed}/resources`);
  const list = <Item extends object>(path: string) => collection(path) as unknown as SandboxCollection<Item>;
  const arrowClients = new ArrowClientCollection(options);
  const inventCamera = cameraInventor(options);
  const guestsOf: Space["guestsOf"] = ({ id, guests }) => known("/v1/cameras/{camera_id}/guests/", id)?.count ?? guests;
  Object.assign(space, { collection, object, arrowClients, inventCamera, guestsOf } satisfies Partial<Space>);
  const cameras: Space["cameras"] = list("/v1/cameras/");
  Object.assign(space, { cameras });
  const sharedCameras: Space["sharedCameras"] = list("/v1/shared-cameras/");
  const content = {
    ...{ cameras, sharedCameras, arrowClients, collection },
    recordings: new RecordingCollection(options, "recordings", cameras),
    clips: new ClipCollection(options, "clips", cameras),
    events: new EventCollection(options, "events", cameras, "number"),
    messages: list<RtsMessage>("/v1/rts/messages/"),
    incidents: list<SandboxIncident>("/v1/rts/incidents/"),
    streamDetections: new StreamDetectionRegistry(options, "detections"),
  };
  return Object.assign(space, content, {
    content,
    sharedRecordings: new RecordingCollection(options, "shared-recordings", sharedCameras),
    sharedClips: new ClipCollection(options, "shared-clips", sharedCameras),
  });
}
