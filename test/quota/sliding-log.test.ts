import { describe, expect, it } from "vitest";
import { type SlidingLog, slidingLog } from "../../src/quota/sliding-log.ts";

const window = { limit: 2, seconds: 10 };

/** When the next requests in queue may start. */
function forecast(log: SlidingLog, { now, count }: { now: number; count: number }) {
  const queue: number[] = [];
  while (queue.length < count) queue.push(log.nextStart(now, queue));
  return queue;
}

describe("nextStart", () => {
  it("is now, for as many as the windows have room for", () => {
    expect(forecast(slidingLog([window], [1_000]), { now: 3_000, count: 2 })).toEqual([3_000, 11_001]);
    expect(forecast(slidingLog([], []), { now: 3_000, count: 2 })).toEqual([3_000, 3_000]);
  });

  it("is a window after the end of the request whose slot it takes, then of those that were forecast", () => {
    const log = slidingLog([window], [1_000, 2_000]);
    expect(forecast(log, { now: 3_000, count: 4 })).toEqual([11_001, 12_001, 21_002, 22_002]);
  });

  it("takes what is under way to end now, and no earlier", () => {
    const log = slidingLog([window], [1_000, 2_000]);
    log.begin();
    expect(forecast(log, { now: 3_000, count: 4 })).toEqual([12_001, 13_001, 22_002, 23_002]);
  });

  it("is the latest of all windows", () => {
    const log = slidingLog([window, { limit: 3, seconds: 60 }], [1_000, 2_000]);
    expect(forecast(log, { now: 3_000, count: 2 })).toEqual([11_001, 61_001]);
  });
});

describe("times and usage", () => {
  it("is put into order, whatever order it was saved in", () => {
    const log = slidingLog([window], [3_000, 10_000, 2_000]);
    expect(log.times(10_000)).toEqual([2_000, 3_000, 10_000]);
    expect(log.times(12_001)).toEqual([3_000, 10_000]);
  });

  it("is what a window still counts, to the millisecond, and what is under way", () => {
    const log = slidingLog([window], [1_000, 2_000]);
    expect(log.times(11_000)).toEqual([1_000, 2_000]);
    expect(log.times(11_001)).toEqual([2_000]);
    log.begin();
    expect(log.times(12_001)).toEqual([12_001]);
  });

  it("is what the longest window counts, where there are several", () => {
    const log = slidingLog([window, { limit: 5, seconds: 60 }], [1_000, 2_000]);
    expect(log.times(30_000)).toEqual([1_000, 2_000]);
    expect(log.usage(30_000).map(({ used }) => used)).toEqual([0, 2]);
  });

  it("stays right for the longest window when thousands have left the shortest", () => {
    const times = Array.from({ length: 5_000 }, (_, index) => index);
    const log = slidingLog(
      [
        { limit: 10_000, seconds: 1 },
        { limit: 10_000, seconds: 60 },
      ],
      times,
    );
    expect(log.usage(30_000)).toEqual([
      { limit: 10_000, seconds: 1, used: 0, freeAt: undefined },
      { limit: 10_000, seconds: 60, used: 5_000, freeAt: 60_001 },
    ]);
    expect(log.usage(64_500)[1]).toMatchObject({ used: 500, freeAt: 64_501 });
    log.begin();
    log.end(64_500, true);
    expect(log.usage(64_500).map(({ used }) => used)).toEqual([1, 501]);
  });

  it("is nothing where there is no window", () => {
    const log = slidingLog([], [1_000, 2_000]);
    expect(log.nextStart(3_000, [])).toBe(3_000);
    log.begin();
    log.end(3_000, true);
    expect([log.times(3_000), log.usage(3_000)]).toEqual([[], []]);
  });
});
