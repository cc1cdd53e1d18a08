import type { readDay } from "./client.ts";
import { byId, element, setText } from "./element.ts";
import { clockTime, duration } from "./time.ts";

/** A day of a camera, as `readDay` returns it. */
export type Day = NonNullable<Awaited<ReturnType<typeof readDay>>>;

type Segment = Day["segments"][number];

const HOUR = 3_600_000;

/** Draws a day's footage to scale, and lists its gaps in words. */
export function showDay(name: string, day: Day | undefined): void {
  setText(byId("day-title"), name);
  if (!day) {
    showNothing("This camera is not recorded.");
    return;
  }
  const { start, end, segments, gaps, ratio } = day;
  setText(
    byId("day-summary"),
    `${Math.round(ratio * 1000) / 10} % recorded from ${clockTime(start)} yesterday to ${clockTime(end)} today (UTC).`,
  );
  byId("timeline").replaceChildren(...segments.map((segment) => bar(segment, day)), ...hours(start, end));
  byId("gaps").replaceChildren(
    ...gaps.map((gap) => element("li", { "data-start": gap.start, "data-end": gap.end }, format(gap))),
  );
  setText(byId("gaps-title"), gaps.length === 0 ? "No gaps" : gaps.length === 1 ? "One gap" : `${gaps.length} gaps`);
}

/** Shows a message in place of a day that is still loading, or that has no footage. */
export function showNothing(why: string): void {
  setText(byId("day-summary"), why);
  setText(byId("gaps-title"), "No gaps");
  byId("timeline").replaceChildren();
  byId("gaps").replaceChildren();
}

function bar(segment: Segment, day: Day): HTMLElement {
  const made = element("span", {
    class: "footage",
    "data-start": segment.start,
    "data-end": segment.end,
    title: format(segment),
  });
  const [from, to] = [positionOf(segment.start, day), positionOf(segment.end, day)];
  made.style.left = `${from}%`;
  made.style.width = `${to - from}%`;
  return made;
}

/** A mark at every third full hour, as far as its text has room. */
function hours(start: Date, end: Date): HTMLElement[] {
  const marks: HTMLElement[] = [];
  for (let time = Math.ceil(start.getTime() / (3 * HOUR)) * 3 * HOUR; time < end.getTime() - HOUR; time += 3 * HOUR) {
    const mark = element("span", { class: "hour" }, clockTime(time));
    mark.style.left = `${positionOf(time, { start, end })}%`;
    marks.push(mark);
  }
  return marks;
}

/** The position of a time in the day, in per cent of its width. */
function positionOf(time: number | string, { start, end }: Pick<Day, "start" | "end">): number {
  return ((new Date(time).getTime() - start.getTime()) / (end.getTime() - start.getTime())) * 100;
}

function format({ start, end }: Segment): string {
  return `${clockTime(start)} to ${clockTime(end)}, ${duration(Date.parse(end) - Date.parse(start))}`;
}
