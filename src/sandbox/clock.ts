/** A source of time: the machine's, a test's own, or a constant. */
export interface TimeSource {
  /** Milliseconds since 1970 (UTC). */
  now(): number;
}

/**
 * The time of the sandbox. It runs with its source, by default the machine's clock, and a test can move it.
 *
 * @example
 * ```ts
 * const sandbox = createSandbox({ clock: { now: () => 0 } }); // frozen until the test moves it
 * sandbox.clock.set(new Date("2026-11-24T12:00:00Z"));
 * sandbox.clock.advance(60_000);
 * ```
 */
export interface SandboxClock extends TimeSource {
  /** Moves on by so many milliseconds; a negative number moves back. */
  advance(milliseconds: number): void;
  /** Moves to a moment: a date, or milliseconds since 1970. */
  set(time: number | Date): void;
}

/** The moment without its milliseconds, as Angelcam writes it: `2026-11-24T12:00:00Z`. */
export function timestamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** A clock that runs with the source and can be moved against it. */
export class MovableClock implements SandboxClock {
  readonly #source: TimeSource;
  #ahead = 0;

  constructor(source: TimeSource = Date) {
    this.#source = source;
  }

  now(): number {
    return this.#source.now() + this.#ahead;
  }

  advance(milliseconds: number): void {
    if (!Number.isFinite(milliseconds)) throw new RangeError(`clock.advance takes milliseconds, got ${milliseconds}`);
    this.#ahead += milliseconds;
  }

  set(time: number | Date): void {
    const target = Number(time);
    if (!Number.isFinite(target)) throw new RangeError("clock.set takes a valid date or milliseconds since 1970");
    this.#ahead = target - this.#source.now();
  }
}
