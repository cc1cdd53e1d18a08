/** What a list answer holds, as the API sends it. */
export interface RawPage<T> {
  readonly results: readonly T[];
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
}

/** One page of a list. */
export class Page<T> implements RawPage<T> {
  /** The items of this page. */
  declare readonly results: readonly T[];
  /** How many items the whole list had when the page was made. */
  declare readonly count: number;
  /** URL of the next page as the server gives it, null on the last one. */
  declare readonly next: string | null;
  /** URL of the page before as the server gives it, null on the first one. */
  declare readonly previous: string | null;
  readonly #loadNext: () => Promise<Page<T> | undefined>;

  /** @internal */
  constructor(page: RawPage<T>, loadNext: () => Promise<Page<T> | undefined>) {
    Object.assign(this, page);
    this.#loadNext = loadNext;
  }

  /**
   * The page after this one, or undefined after the last; then nothing is sent. The request goes to the client's own
   * server, wherever `next` points.
   */
  nextPage(): Promise<Page<T> | undefined> {
    return this.#loadNext();
  }
}
