import type { Span } from "../time-range.ts";
import type { Timeline } from "./timeline.ts";

/**
 * The footage of the range, touching and overlapping parts joined, also over window edges. The next window is read
 * only when the segments before it have been given out; one that may go on there is kept back.
 */
export async function* walkSegments(timeline: Timeline): AsyncGenerator<Span, void, undefined> {
  let open: Span | undefined;
  let given = timeline.span.start;
  for (let index = 0; index < timeline.cost; index++) {
    for (const { start, end } of await timeline.read(index)) {
      if (open && start <= open.end) {
        open = { start: open.start, end: Math.max(open.end, end) };
      } else if (end > given) {
        if (open) yield open;
        // Footage that grows between two requests may come with a part that was given out already.
        open = { start: Math.max(start, given), end };
      }
      given = Math.max(given, open?.end ?? given);
    }
    if (open && !timeline.mayGoOn(open.end, index)) {
      yield open;
      open = undefined;
    }
  }
  if (open) yield open;
}

/** The parts of the range without footage. */
export async function* walkGaps(timeline: Timeline): AsyncGenerator<Span, void, undefined> {
  let covered = timeline.span.start;
  for (let index = 0; index < timeline.cost; index++) {
    for (const { start, end } of await timeline.read(index)) {
      if (start > covered) yield { start: covered, end: start };
      covered = Math.max(covered, end);
    }
  }
  if (covered < timeline.span.end) yield { start: covered, end: timeline.span.end };
}
