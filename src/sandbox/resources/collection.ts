/** Things that the sandbox keeps, in the order of their list. */
export interface SandboxList<Item, Id extends number | string = number> extends Iterable<Item> {
  readonly count: number;
  /** The item, to look at or to change in place: `cameras.get(id).status = "offline"`. */
  get(id: Id): Item | undefined;
}

/** A list that a test can add to and remove from. */
export interface SandboxCollection<Item, Id extends number | string = number> extends SandboxList<Item, Id> {
  /**
   * Adds an item. What is left out is made up; the id is a new one.
   *
   * @param position Where in the list it goes, 0 for the front. By default where a new item of its kind goes.
   * @throws RangeError when there is an item with this id already.
   */
  add(item?: Partial<Item>, position?: number): Item;
  /** Removes an item; false if there is none with this id. */
  remove(id: Id): boolean;
}

/** Items with ids, in the order of their list. */
export class ItemList<Item extends object, Id extends number | string = number | string>
  implements SandboxList<Item, Id>
{
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

  /** The item, to look at or to change in place. */
  get(id: Id): Item | undefined {
    return this.all().find((item) => this.idOf(item) === id);
  }

  /** Removes an item; false if there is none with this id. */
  remove(id: Id): boolean {
    const before = this.count;
    this.items = this.items.filter((item) => this.idOf(item) !== id);
    return this.count < before;
  }

  /** Undefined for an item that has no id, such as an entry of an order. */
  idOf(item: Item): Id | undefined {
    return (item as Record<string, Id | undefined>)[this.#idName];
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
export class Collection<Item extends object>
  extends ItemList<Item>
  implements SandboxCollection<Item, number | string>
{
  readonly #options: CollectionOptions<Item>;

  constructor(items: Item[], options: CollectionOptions<Item>) {
    super(items, options.idName);
    this.#options = options;
  }

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
