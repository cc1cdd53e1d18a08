import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { overlapFor } from "../../../src/client/pagination/position.ts";

describe("pages overlap by half of the room that their number leaves", () => {
  it.each([
    { remaining: 150, limit: 100, overlap: 12 },
    { remaining: 50, limit: 100, overlap: 25 },
    { remaining: 1, limit: 100, overlap: 49 },
    { remaining: 100, limit: 100, overlap: 0 },
    { remaining: 6, limit: 5, overlap: 1 },
    { remaining: 3, limit: 1, overlap: 0 },
  ])("$remaining items to come in pages of $limit overlap by $overlap", ({ remaining, limit, overlap }) => {
    expect(overlapFor(remaining, limit)).toBe(overlap);
  });

  it("never takes one more page, and always leads on", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 200 }), (remaining, limit) => {
        const pages = Math.ceil(remaining / limit);
        const overlap = overlapFor(remaining, limit);
        expect(overlap).toBeLessThan(limit);
        expect(pages * (limit - overlap)).toBeGreaterThanOrEqual(remaining);
      }),
    );
  });
});
