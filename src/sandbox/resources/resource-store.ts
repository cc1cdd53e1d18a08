import { Random } from "../../base/random.ts";
import type { Space } from "../space.ts";
import { Collection } from "./collection.ts";
import { makeItem } from "./make-item.ts";
import { type Item, type Resource, resourceAt } from "./resource-table.ts";
import { seedItems, withOwnReferences } from "./seed-items.ts";
import { specialOf } from "./special-resources.ts";

/** How far apart ids of new items are, at most. */
const GAP = 30;

type Id = number | string;

/** Everything that a space keeps, by the path of its list. Lists are created on first access. */
export class ResourceStore {
  readonly #space: Space;
  readonly #random: Random;
  readonly #collections = new Map<string, Collection<Item>>();
  readonly #objects = new Map<string, Item>();
  readonly #lastIds = new Map<string, number>();

  constructor(space: Space, seed: string) {
    this.#space = space;
    this.#random = new Random(seed);
  }

  /**
   * The items of a list.
   *
   * @param parentId The id of the item that the list belongs to, such as a camera's for its guests.
   */
  readonly collection = (path: string, parentId?: Id): Collection<Item> => {
    return this.known(path, parentId) ?? this.#begin(resourceAt(path), parentId);
  };

  /** The list, if it has been accessed. */
  known(path: string, parentId?: Id): Collection<Item> | undefined {
    return this.#collections.get(keyOf(path, parentId));
  }

  /** One object that is no list, such as settings. */
  readonly object = (path: string, parentId?: Id): Item => {
    const key = keyOf(path, parentId);
    const object = this.#objects.get(key) ?? seedItems(resourceAt(path), this.#space)[0] ?? {};
    this.#objects.set(key, object);
    return object;
  };

  #begin(resource: Resource, parentId: Id | undefined): Collection<Item> {
    const { path, idName } = resource;
    const special = specialOf(path);
    const examples = seedItems(resource, this.#space);
    const seeds = special.seeds?.(this.#space, parentId, examples) ?? examples;
    const items = special.make ? seeds.map((seed) => this.#make(resource, seed)) : seeds;
    const collection = new Collection<Item>(items, {
      name: path.split("/").at(-2) ?? path,
      idName,
      newestFirst: special.newestFirst,
      make: (given) => this.#make(resource, given),
    });
    this.#collections.set(keyOf(path, parentId), collection);
    const last = Math.max(this.#lastIds.get(path) ?? 0, ...items.map(({ [idName]: id }) => Number(id) || 0));
    if (last > 0) this.#lastIds.set(path, last);
    return collection;
  }

  #make(resource: Resource, given: Item): Item {
    const { path, idName } = resource;
    const { clock, userId } = this.#space;
    const made = specialOf(path).make?.(given, this.#space);
    const id = (made ?? given)[idName] ?? this.#nextId(resource);
    if (made) return { [idName]: id, ...made };
    const examples = resource.examples.map((example) => withOwnReferences(example, this.#space));
    return makeItem(resource, { given, examples, id: id as Id, now: clock.now(), random: this.#random, userId });
  }

  /** Rising numbers with gaps, as they come about in a database that many people use. */
  #nextId({ path, idName, examples }: Resource): Id {
    if (typeof examples[0]?.[idName] === "string") return this.#random.hexadecimal(4);
    const id = (this.#lastIds.get(path) ?? this.#space.offset) + this.#random.integer(1, GAP);
    this.#lastIds.set(path, id);
    return id;
  }
}

function keyOf(path: string, parentId: Id | undefined): string {
  return `${path} ${parentId ?? ""}`;
}
