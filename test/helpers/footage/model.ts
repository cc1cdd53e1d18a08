import fc from "fast-check";
import { at, DAY, type Manner, type TimeRange } from "./recorded-fixture.ts";

/**
 * Footage and a range on a strip of cells, each of them recorded or not. What a range holds can be read off the strip,
 * without any of the arithmetic that is put to the test.
 */
export interface Strip {
  readonly origin: number;
  readonly cell: number;
  readonly recorded: readonly TimeRange[];
  readonly manner: Manner;
  /** The cells of the range: true where there is footage. */
  readonly range: readonly boolean[];
  readonly start: number;
  readonly end: number;
}

/** Cells whose edges meet those of the windows, and cells whose edges do not. */
const CELLS = [600_000, 3_600_000, 10_800_000, 1_234_567];

/** Any set of segments (touching, overlapping, in any order), any range of up to ten days, any manner of the server. */
export function strips(longestDays = 10): fc.Arbitrary<Strip> {
  return fc.constantFrom(...CELLS).chain((cell) => {
    const size = Math.floor((longestDays * DAY) / cell);
    return fc
      .record({
        origin: fc.integer({ min: 0, max: 86_400_000 }).map((milliseconds) => at(0) + milliseconds),
        parts: fc.array(fc.tuple(fc.nat(size), fc.integer({ min: 1, max: size })), { maxLength: 12 }),
        edges: fc.tuple(fc.nat(size - 1), fc.integer({ min: 1, max: size })),
        manner: fc.constantFrom<Manner>("cut", "whole", "touching"),
        short: fc.boolean(),
      })
      .map(({ origin, parts, edges: [from, length], manner, short }) => {
        const ends = parts.map(([first, cells]) => [first, first + (short ? (cells % 5) + 1 : cells)] as const);
        const strip = Array.from({ length: size }, (_, index) => ends.some(([a, b]) => index >= a && index < b));
        const to = Math.min(size, from + length);
        return {
          origin,
          cell,
          recorded: ends.map(([a, b]) => [origin + a * cell, origin + b * cell] as const),
          manner,
          range: strip.slice(from, to),
          start: origin + from * cell,
          end: origin + to * cell,
        };
      });
  });
}

/** The runs of cells that are recorded, or that are not: what one unlimited call would give. */
export function runsOf({ range, start, cell }: Strip, wanted: boolean): TimeRange[] {
  const found: [number, number][] = [];
  range.forEach((recorded, index) => {
    if (recorded !== wanted) return;
    if (index > 0 && range[index - 1] === wanted) (found.at(-1) as [number, number])[1] += cell;
    else found.push([start + index * cell, start + (index + 1) * cell]);
  });
  return found;
}
