import { pause, systemClock } from "../base/clock.ts";

/** A source of time: the machine's, a test's own, or a constant. */
export interface TimeSource {
  /** Milliseconds since 1970 (UTC). */
  now(): number;
}

/** The first and the last moment whose year has four digits. */
const [FIRST_MOMENT, LAST_MOMENT] = [Date.parse("0000-01-01T00:00:00Z"), Date.parse("9999-12-31T23:59:59Z")];

/**
 * The moment without its milliseconds, as Angelcam writes it: `2026-11-24T12:00:00Z`. One whose year has more digits, such
 * as an arming in billions of seconds, is the last that can be written.
 */
export function timestamp(time: number): string {
  const written = Math.min(Math.max(time, FIRST_MOMENT), LAST_MOMENT);
  return `${new Date(written).toISOString().slice(0, 19)}Z`;
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
  /** Moves on by the given milliseconds; a negative number moves back. */
  advance(milliseconds: number): void;
  /** Moves to a moment: a date, or milliseconds since 1970. */
  set(time: number | Date): void;
}

/** A clock that runs with the source and can be moved against it. */
export function movableClock(source: TimeSource = Date): SandboxClock {
  let ahead = 0;
  return {
    now: () => source.now() + ahead,
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds)) throw new RangeError(`clock.advance takes milliseconds, got ${milliseconds}`);
      ahead += milliseconds;
    },
    set(time) {
      const target = Number(time);
      if (!Number.isFinite(target)) throw new RangeError("clock.set takes a valid date or milliseconds since 1970");
      ahead = target - source.now();
    },
  };
}

/** A moment as a test names it: a date, an ISO string, or milliseconds since 1970 (UTC). */
export type DateInput = Date | string | number;

/**
 * The moment in milliseconds since 1970.
 *
 * @throws RangeError naming the argument when it is none.
 */
export function toTime(argument: string, moment: DateInput): number {
  const time = new Date(moment).getTime();
  if (Number.isNaN(time)) throw new RangeError(`${argument} must be a date, got ${JSON.stringify(moment)}`);
  return time;
}

/** The moment of a parameter that has passed the schema of the document; undefined where there is none. */
export function timeOf(moment: unknown): number | undefined {
  return moment === undefined ? undefined : Date.parse(String(moment));
}

/** Waits the given milliseconds. */
export type Sleep = (milliseconds: number) => Promise<void>;

/** Waits as long as the machine's clock says. */
export const realSleep: Sleep = (milliseconds) => pause(systemClock, milliseconds, undefined);
