import type { Space } from "../space.ts";
import type { Id, ItemList } from "./collection.ts";
import type { Item } from "./resource-table.ts";

/** The behaviour of a resource that differs from all others. */
export interface Special<Kept extends object = Item> {
  readonly newestFirst?: boolean;
  /** The items of the beginning, which are those of the document's examples by default. */
  seeds?(space: Space, parentId: Id | undefined, examples: Item[]): Item[];
  /** Makes an item of what is given of it. The id of a new one is added. */
  make?(given: Item, space: Space): Item;
  /** A list that the space keeps in its own way. */
  items?(space: Space, parentId: Id): ItemList<Kept, Id>;
  /** Adds what a request creates to such a list. @throws RequestError */
  create?(body: Item, space: Space, parentId: Id): Kept;
  /**
   * Returns the part to keep of a body that passed the schema.
   *
   * @param item The item that changes; undefined for a new one.
   * @throws RequestError
   */
  accept?(body: Item, item: Kept | undefined, space: Space): Item;
  /** The items that a list has with these parameters, in its order. @throws RequestError */
  select?(items: Kept[], query: Item, space: Space): Kept[];
  /** The parameters that filter otherwise than by a field of their name. Each returns who passes. @throws RequestError */
  readonly filters?: Readonly<Record<string, (value: unknown, space: Space) => (item: Kept) => boolean>>;
  /** The item as a response shows it. */
  show?(item: Kept, space: Space, query: Item): object;
  /** Called when one item has been read. */
  afterGet?(item: Kept, space: Space): void;
}
