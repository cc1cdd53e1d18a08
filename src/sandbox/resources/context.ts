import type { SandboxCamera } from "../camera.ts";
import type { TimeSource } from "../clock.ts";
import type { Random } from "../random.ts";
import type { SandboxCollection } from "./collection.ts";
import type { Item } from "./resource-table.ts";

/** The part of a space that its resources need. */
export interface Context {
  readonly clock: TimeSource;
  readonly random: Random;
  /** The offset between its ids and those of the document's examples. */
  readonly offset: number;
  /** The id of the account's user. */
  readonly userId: number;
  /** How many cameras it starts with. */
  readonly cameraCount: number;
  readonly cameras: SandboxCollection<SandboxCamera>;
  readonly arrowClients: Iterable<{ readonly uuid: string }>;
  /** An id that no other camera of the sandbox has. */
  nextCameraId(): number;
  /** An id of a message or an incident, higher than all others. */
  nextNumber(): number;
  guestsOf(camera: Pick<SandboxCamera, "id" | "guests">): number;
  /** The items of a list, by its path and the id of the item that it belongs to. */
  collection(path: string, parentId?: number | string): SandboxCollection<Item, number | string>;
}
