import { Random } from "../random.ts";
import { Collection } from "./collection.ts";
import type { Context } from "./context.ts";
import { makeItem } from "./make-item.ts";
import { type Item, type Resource, resources } from "./resource-table.ts";
import { seedItems } from "./seed-items.ts";
import { specialOf } from "./special-resources.ts";

/** How far apart ids of new items are, at most. */
const GAP = 30;

/** Everything that a space keeps, by the path of its list. Lists are created on first access. */
export class ResourceStore {
  readonly #space: Context;
  readonly #random: Random;
  readonly #collections = new Map<string, Collection<Item>>();
  readonly #objects = new Map<string, Item>();
  readonly #lastIds = new Map<string, number>();

  constructor(space: Context, seed: string) {
    this.#space = space;
    this.#random = new Random(seed);
  }

  /**
   * The items of a list.
   *
   * @param parentId The id of the item that the list belongs to, such as a camera's for its guests.
   */
  collection({ path }: Pick<Resource, "path">, parentId?: number | string): Collection<Item> {
    const key = `${path} ${parentId ?? ""}`;
    const known = this.#collections.get(key);
    if (known) return known;
    const resource = resources.get(path);
    if (!resource) throw new RangeError(`The document has no list ${path}`);
    const special = specialOf(path);
    const collection = new Collection<Item>({
      name: path.split("/").at(-2) ?? path,
      idName: resource.idName,
      newestFirst: special.newestFirst,
      make: (given) => this.#make(resource, given),
    });
    this.#collections.set(key, collection);
    const seeds = special.seeds?.(this.#space, parentId) ?? seedItems(resource, this.#space);
    for (const seed of seeds) {
      collection.keep(special.make ? special.make(seed, this.#space) : seed);
      this.#remember(path, seed[resource.idName]);
    }
    return collection;
  }

  /** True once the list has been accessed. */
  has({ path }: Pick<Resource, "path">, parentId: number | string): boolean {
    return this.#collections.has(`${path} ${parentId}`);
  }

  /** One object that is no list, such as settings. */
  object(resource: Resource, parentId?: number | string): Item {
    const key = `${resource.path} ${parentId ?? ""}`;
    const object = this.#objects.get(key) ?? seedItems(resource, this.#space)[0] ?? {};
    this.#objects.set(key, object);
    return object;
  }

  #make(resource: Resource, given: Item): Item {
    const { path, idName } = resource;
    const { clock, userId } = this.#space;
    const special = specialOf(path);
    if (special.make) return special.make(given, this.#space);
    const id = (given[idName] as number | string | undefined) ?? this.#nextId(resource);
    return makeItem(resource, { given, id, now: clock.now(), random: this.#random, userId });
  }

  /** Rising numbers with gaps, as they come about in a database that many people use. */
  #nextId({ path, idName, examples }: Resource): number | string {
    if (typeof examples[0]?.[idName] === "string") return this.#random.hexadecimal(4);
    const id = (this.#lastIds.get(path) ?? this.#space.offset) + this.#random.integer(1, GAP);
    this.#lastIds.set(path, id);
    return id;
  }

  #remember(path: string, id: unknown): void {
    if (typeof id === "number") this.#lastIds.set(path, Math.max(id, this.#lastIds.get(path) ?? 0));
  }
}
