import { Random } from "../../base/random.ts";
import type { Space } from "../space.ts";
import { Collection, type Id } from "./collection.ts";
import { makeItem } from "./make-item.ts";
import { type Item, type Resource, resourceAt } from "./resource-table.ts";
import { seedItems } from "./seed-items.ts";
import { specialOf } from "./special-resources.ts";

/** How far apart ids of new items are, at most. */
const GAP = 30;

/** Everything that a space keeps, by the path of its list. Lists are created on first access. */
export function makeStore(space: Space, seed: string) {
  const random = new Random(seed);
  const collections = new Map<string, Collection<Item>>();
  const objects = new Map<string, Item>();
  const lastIds = new Map<string, number>();

  function begin(resource: Resource, parentId: Id | undefined): Collection<Item> {
    const { path, idName } = resource;
    const special = specialOf(path);
    const examples = seedItems(resource, space);
    const seeds = special.seeds?.(space, parentId, examples) ?? examples;
    const items = special.make ? seeds.map((seed) => make(resource, seed)) : seeds;
    const last = Math.max(lastIds.get(path) ?? 0, ...items.map(({ [idName]: id }) => Number(id) || 0));
    if (last > 0) lastIds.set(path, last);
    return new Collection<Item>(items, {
      name: path.split("/").at(-2) ?? path,
      idName,
      newestFirst: special.newestFirst,
      make: (given) => make(resource, given),
    });
  }

  function make(resource: Resource, given: Item): Item {
    const { path, idName } = resource;
    const made = specialOf(path).make?.(given, space);
    const id = (made ?? given)[idName] ?? nextId(resource);
    if (made) return { [idName]: id, ...made };
    return makeItem(resource, { ...given, [idName]: id }, space, random);
  }

  /** Rising numbers with gaps, as they come about in a database that many people use. */
  function nextId({ path, idName, examples }: Resource): Id {
    if (typeof examples[0]?.[idName] === "string") return random.hexadecimal(4);
    const id = (lastIds.get(path) ?? space.offset) + random.integer(1, GAP);
    lastIds.set(path, id);
    return id;
  }

  /** The list, if it has been accessed. */
  const known = (path: string, parentId?: Id) => collections.get(keyOf(path, parentId));
  return {
    known,
    /**
     * The items of a list.
     *
     * @param parentId The id of the item that the list belongs to, such as a camera's for its guests.
     */
    collection(path: string, parentId?: Id): Collection<Item> {
      const collection = known(path, parentId) ?? begin(resourceAt(path), parentId);
      collections.set(keyOf(path, parentId), collection);
      return collection;
    },
    /** One object that is no list, such as settings. */
    object(path: string, parentId?: Id): Item {
      const key = keyOf(path, parentId);
      const object = objects.get(key) ?? seedItems(resourceAt(path), space)[0] ?? {};
      objects.set(key, object);
      return object;
    },
  };
}

function keyOf(path: string, parentId: Id | undefined): string {
  return `${path} ${parentId ?? ""}`;
}
