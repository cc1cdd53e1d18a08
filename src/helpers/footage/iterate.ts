import type { TimeRange } from "../../base/time-range.ts";
import type { Timeline } from "./timeline.ts";

/**
 * The footage of the range, touching and overlapping parts joined, also over window edges. The next window is read
 * only when the segments before it have been returned; one that may go on there is kept back.
 */
export async function* iterateSegments(timeline: Timeline): AsyncGenerator<TimeRange, void, undefined> {
  let open: TimeRange | undefined;
  let returned = timeline.range.start;
  for (let index = 0; timeline.has(index); index++) {
    for (const { start, end } of await timeline.read(index)) {
      if (open && start <= open.end) {
        open = { start: open.start, end: Math.max(open.end, end) };
      } else if (end > returned) {
        if (open) yield open;
        // Footage that grows between two requests may come with a part that was returned already.
        open = { start: Math.max(start, returned), end };
      }
      returned = Math.max(returned, open?.end ?? returned);
    }
    if (open && !timeline.mayGoOn(open.end, index)) {
      yield open;
      open = undefined;
    }
  }
  if (open) yield open;
}

/** The parts of the range without footage, up to now: the future is no gap. */
export async function* iterateGaps(timeline: Timeline): AsyncGenerator<TimeRange, void, undefined> {
  let covered = timeline.range.start;
  for (let index = 0; timeline.has(index); index++) {
    for (const { start, end } of await timeline.read(index)) {
      if (start > covered) yield { start: covered, end: start };
      covered = Math.max(covered, end);
    }
  }
  if (covered < timeline.end) yield { start: covered, end: timeline.end };
}
