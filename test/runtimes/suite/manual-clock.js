// @ts-check

/** @typedef {{ at: number, callback: () => void }} Timer */

/**
 * A clock that advances only when a check moves it. Nothing here counts turns of the event loop, for every runtime has
 * other ones: a check waits until the timer that it is about has been set, and then moves on.
 */
export class ManualClock {
  /** @type {Map<number, Timer>} */
  #timers = new Map();
  /** @type {Set<() => void>} */
  #watchers = new Set();
  #now = Date.parse("2026-11-24T12:00:00Z");
  #last = 0;

  now() {
    return this.#now;
  }

  monotonic() {
    return this.#now;
  }

  /**
   * @param {() => void} callback
   * @param {number} milliseconds
   */
  setTimeout(callback, milliseconds) {
    this.#timers.set(++this.#last, { at: this.#now + milliseconds, callback });
    for (const watcher of [...this.#watchers]) watcher();
    return this.#last;
  }

  /** @param {unknown} timer */
  clearTimeout(timer) {
    this.#timers.delete(/** @type {number} */ (timer));
  }

  /** How many timers are set: none may be left when all is done. */
  get pending() {
    return this.#timers.size;
  }

  /**
   * Waits until a timer is set that is due within so many milliseconds.
   *
   * @param {number} milliseconds
   * @returns {Promise<void>}
   */
  timerWithin(milliseconds) {
    return new Promise((resolve) => {
      const look = () => {
        if (![...this.#timers.values()].some(({ at }) => at <= this.#now + milliseconds)) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  /**
   * Moves on, and makes every call that falls due on the way.
   *
   * @param {number} milliseconds
   */
  advance(milliseconds) {
    const end = this.#now + milliseconds;
    for (let next = this.#nextUntil(end); next; next = this.#nextUntil(end)) {
      const [timer, { at, callback }] = next;
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, at);
      callback();
    }
    this.#now = end;
  }

  /** @param {number} end */
  #nextUntil(end) {
    return [...this.#timers].filter(([, { at }]) => at <= end).sort(([, one], [, other]) => one.at - other.at)[0];
  }
}
