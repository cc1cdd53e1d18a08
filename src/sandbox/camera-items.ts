import { Random } from "../base/random.ts";
import type { TimeSource } from "./clock.ts";
import { ItemList, type SandboxList } from "./resources/collection.ts";

/** What the made-up things of a space depend on. */
export interface ItemSource {
  readonly clock: TimeSource;
  /** The seed of the space. */
  readonly seed: string;
  /** The id of the account's user. */
  readonly userId: number;
}

/** Things that belong to cameras. What a camera starts with is made up on first access, and all goes with its camera. */
export abstract class CameraItems<
  Item extends object,
  Camera extends { readonly id: number },
  Id extends number | string = string,
> extends ItemList<Item, Id> {
  protected readonly source: ItemSource;
  protected readonly cameras: SandboxList<Camera>;
  protected readonly random: Random;
  readonly #seed: string;
  readonly #seen = new Set<number>();

  /** @param part The name of the list, for a seed of its own: a new list changes nothing of the others. */
  constructor(source: ItemSource, cameras: SandboxList<Camera>, part: string, idName = "id") {
    super([], idName);
    this.source = source;
    this.cameras = cameras;
    this.#seed = `${source.seed}/${part}`;
    this.random = new Random(this.#seed);
  }

  /** The items of a camera. */
  of(cameraId: number): Item[] {
    return this.all().filter((item) => this.cameraIdOf(item) === cameraId);
  }

  /** Null for an item that belongs to no camera. */
  protected abstract cameraIdOf(item: Item): number | null;

  /** Makes up what a camera starts with. */
  protected begin(_camera: Camera, _random: Random): void {}

  protected override all(): readonly Item[] {
    for (const camera of this.cameras) {
      if (this.#seen.has(camera.id)) continue;
      this.#seen.add(camera.id);
      this.begin(camera, new Random(`${this.#seed}/${camera.id}`));
    }
    this.items = this.items.filter((item) => {
      const id = this.cameraIdOf(item);
      return id === null || this.cameras.get(id);
    });
    return this.items;
  }
}
