/** Things that the sandbox keeps, in the order of their list. */
export interface SandboxCollection<Item, Id extends number | string = number> extends Iterable<Item> {
  readonly count: number;
  /** The item, to look at or to change in place: `cameras.get(id).status = "offline"`. */
  get(id: Id): Item | undefined;
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
export class Collection<Item extends object> implements SandboxCollection<Item, number | string> {
  readonly #options: CollectionOptions<Item>;
  #items: Item[] = [];

  constructor(options: CollectionOptions<Item>) {
    this.#options = options;
  }

  get count(): number {
    return this.#items.length;
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#items.values();
  }

  get(id: number | string): Item | undefined {
    return this.#items.find((item) => this.idOf(item) === id);
  }

  add(given: Partial<Item> = {}, position = this.#options.newestFirst ? 0 : this.#items.length): Item {
    const item = this.#options.make(given);
    const id = this.idOf(item);
    if (id !== undefined && this.get(id)) {
      throw new RangeError(`${this.#options.name}.add: there is an item ${id} already`);
    }
    this.#items.splice(position, 0, item);
    return item;
  }

  /** Adds an item of the beginning, as it is. */
  keep(item: Item): void {
    this.#items.push(item);
  }

  remove(id: number | string): boolean {
    const before = this.count;
    this.#items = this.#items.filter((item) => this.idOf(item) !== id);
    return this.count < before;
  }

  /** Undefined for an item that has no id, such as an entry of an order. */
  idOf(item: Item): number | string | undefined {
    return (item as Record<string, number | string | undefined>)[this.#options.idName];
  }
}
