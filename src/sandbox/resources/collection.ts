import { Random } from "../../base/random.ts";
import type { TimeSource } from "../clock.ts";

/** The value that identifies an item. */
export type Id = number | string;

/** Things that the sandbox keeps, in the order of their list. */
export type SandboxList<Item extends object, Key extends Id = number> = Pick<
  ItemList<Item, Key>,
  "count" | "get" | typeof Symbol.iterator
>;

/** A list that a test can add to and remove from. */
export type SandboxCollection<Item extends object, Key extends Id = number> = Pick<
  Collection<Item, Key>,
  "count" | "get" | "add" | "remove" | typeof Symbol.iterator
>;

/** Items with ids, in the order of their list. */
export class ItemList<Item extends object, Key extends Id = Id> {
  protected items: Item[];
  readonly #idName: string;

  /** @param idName The field that identifies items. */
  constructor(items: Item[] = [], idName = "id") {
    this.items = items;
    this.#idName = idName;
  }

  get count(): number {
    return this.all().length;
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.all().values();
  }

  /** The item, to look at or to change in place: `cameras.get(id).status = "offline"`. */
  get(id: Key): Item | undefined {
    return this.all().find((item) => this.idOf(item) === id);
  }

  /** Removes an item; false if there is none with this id. */
  remove(id: Key): boolean {
    const before = this.count;
    this.items = this.items.filter((item) => this.idOf(item) !== id);
    return this.count < before;
  }

  /** Undefined for an item that has no id, such as an entry of an order. */
  idOf(item: Item): Key | undefined {
    return (item as Record<string, Key | undefined>)[this.#idName];
  }

  /** The items now. Lists that make up their items on first access do it here. */
  protected all(): readonly Item[] {
    return this.items;
  }
}

/** How a collection makes and orders its items. */
export interface CollectionOptions<Item> {
  /** The name in error messages: `cameras`. */
  readonly name: string;
  readonly idName: string;
  /** Makes an item, with an id of its own, of what is given of it. */
  readonly make: (given: Partial<Item>) => Item;
  /** True when the newest item is the first of the list. */
  readonly newestFirst?: boolean | undefined;
}

/** Things of one kind. */
export class Collection<Item extends object, Key extends Id = Id> extends ItemList<Item, Key> {
  readonly #options: CollectionOptions<Item>;

  constructor(items: Item[], options: CollectionOptions<Item>) {
    super(items, options.idName);
    this.#options = options;
  }

  /**
   * Adds an item. What is left out is made up; the id is a new one.
   *
   * @param position Where in the list it goes, 0 for the front. By default where a new item of its kind goes.
   * @throws RangeError when there is an item with this id already.
   */
  add(given: Partial<Item> = {}, position = this.#options.newestFirst ? 0 : this.items.length): Item {
    const item = this.#options.make(given);
    const id = this.idOf(item);
    if (id !== undefined && this.get(id)) {
      throw new RangeError(`${this.#options.name}.add: there is an item ${id} already`);
    }
    this.items.splice(position, 0, item);
    return item;
  }

  /** Adds what an item lacks, such as one of two kinds that has become one of the other kind. */
  complete(item: Item): void {
    Object.assign(item, { ...this.#options.make(item), ...item });
  }
}

/** The values on which the made-up things of a space depend. */
export interface ItemSource {
  readonly clock: TimeSource;
  /** The seed of the space. */
  readonly seed: string;
  /** The id of the account's user. */
  readonly userId: number;
}

/** Things that a space makes up by its own clock. */
export class MadeUpItems<Item extends object, Key extends Id = string> extends ItemList<Item, Key> {
  protected readonly source: ItemSource;
  protected readonly random: Random;
  /** The seed of this list. */
  protected readonly seed: string;
  #failures = 0;

  /** @param part The name of the list, for a seed of its own: a new list changes nothing of the others. */
  constructor(source: ItemSource, part: string, idName = "id") {
    super([], idName);
    this.source = source;
    this.seed = `${source.seed}/${part}`;
    this.random = new Random(this.seed);
  }

  /** Lets the next things, one by default, fail: clips end with `ERROR`, devices never call and stay `not_paired`. */
  failNext(times = 1): void {
    this.#failures = times;
  }

  /** True when the thing that is made now is to fail. */
  protected takeFailure(): boolean {
    return this.#failures-- > 0;
  }
}

/** Things that belong to cameras. What a camera starts with is made up on first access, and all goes with its camera. */
export abstract class CameraItems<
  Item extends { readonly cameraId: number } | { readonly camera: number | null },
  Camera extends { readonly id: number },
  Key extends Id = string,
> extends MadeUpItems<Item, Key> {
  protected readonly cameras: SandboxList<Camera>;
  readonly #seen = new Set<number>();

  constructor(source: ItemSource, part: string, cameras: SandboxList<Camera>, idName = "id") {
    super(source, part, idName);
    this.cameras = cameras;
  }

  /** The items of a camera. */
  of(cameraId: number): Item[] {
    return this.all().filter((item) => cameraIdOf(item) === cameraId);
  }

  /** Makes up what a camera starts with. */
  protected begin(_camera: Camera, _random: Random): void {}

  protected override all(): readonly Item[] {
    for (const camera of this.cameras) {
      if (this.#seen.has(camera.id)) continue;
      this.#seen.add(camera.id);
      this.begin(camera, new Random(`${this.seed}/${camera.id}`));
    }
    this.items = this.items.filter((item) => {
      const id = cameraIdOf(item);
      return id === null || this.cameras.get(id);
    });
    return this.items;
  }
}

/** Null for an item that belongs to no camera. */
function cameraIdOf(item: { readonly cameraId: number } | { readonly camera: number | null }): number | null {
  return "cameraId" in item ? item.cameraId : item.camera;
}
