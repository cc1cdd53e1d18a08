import type { Camera, CameraCreate } from "../../generated/schema.ts";
import { type TimeSource, timestamp } from "./clock.ts";
import { storedSnapshotLink } from "./links.ts";

/**
 * A camera as the sandbox keeps it: what the API shows of it, but for the links that are made anew for each answer, and
 * what only filters look at.
 */
export interface SandboxCamera extends Omit<Camera, "streams" | "live_snapshot"> {
  /** The location that it belongs to, for the filter `location_id`. */
  locationId: number | undefined;
  /** How many guests may see it, for the filter `has_guests`. */
  guests: number;
  /** How Angelcam reaches it; known of cameras that were connected by a request. */
  connectionType?: CameraCreate["connection_type"] | undefined;
  /** The address of its stream, as it came with a request. The API never shows it. */
  url?: string;
}

/** The cameras of an account, in the order of its list. */
export interface SandboxCameras extends Iterable<SandboxCamera> {
  readonly count: number;
  /** The camera, to look at or to change in place: `cameras.get(id).status = "offline"`. */
  get(id: number): SandboxCamera | undefined;
  /**
   * Adds a camera. What is left out is made up; the id is a new one.
   *
   * @param position Where in the list it goes, 0 for the front; at the end by default.
   */
  add(camera?: Partial<SandboxCamera>, position?: number): SandboxCamera;
  /** Removes a camera; false if there is none with this id. */
  remove(id: number): boolean;
}

/** What `cameras.list` can be narrowed by. */
export interface CameraFilter {
  readonly ids?: readonly number[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly location_id?: number | undefined;
  readonly has_guests?: number | undefined;
}

/** The cameras of an account. */
export class CameraCollection implements SandboxCameras {
  readonly #clock: TimeSource;
  readonly #invent: () => SandboxCamera;
  #cameras: SandboxCamera[] = [];

  /** @param invent Makes up a camera with an id that no other camera of the sandbox has. */
  constructor(count: number, invent: () => SandboxCamera, clock: TimeSource) {
    this.#clock = clock;
    this.#invent = invent;
    for (let made = 0; made < count; made++) this.add();
  }

  get count(): number {
    return this.#cameras.length;
  }

  [Symbol.iterator](): Iterator<SandboxCamera> {
    return this.#cameras.values();
  }

  get(id: number): SandboxCamera | undefined {
    return this.#cameras.find((camera) => camera.id === id);
  }

  add(camera: Partial<SandboxCamera> = {}, position = this.#cameras.length): SandboxCamera {
    const added = { ...this.#invent(), ...camera };
    if (this.get(added.id)) throw new RangeError(`cameras.add: there is a camera ${added.id} already`);
    this.#cameras.splice(position, 0, added);
    return added;
  }

  remove(id: number): boolean {
    const before = this.count;
    this.#cameras = this.#cameras.filter((camera) => camera.id !== id);
    return this.count < before;
  }

  /** Those that pass the filter, in the order of the list. */
  select({ ids, tags, location_id, has_guests }: CameraFilter): SandboxCamera[] {
    return this.#cameras.filter(
      (camera) =>
        (ids?.includes(camera.id) ?? true) &&
        (tags?.some((tag) => camera.tags.includes(tag)) ?? true) &&
        (location_id === undefined || camera.locationId === location_id) &&
        (has_guests === undefined || camera.guests > 0 === (has_guests === 1)),
    );
  }

  /** Reading a camera makes Angelcam take a picture of it, which the next reader sees. */
  takeSnapshot(camera: SandboxCamera): void {
    if (camera.status !== "online") return;
    const now = this.#clock.now();
    camera.snapshot = { url: storedSnapshotLink(camera.id, now), created_at: timestamp(now) };
  }
}
