import { byId, element, setText } from "./element.ts";
import { duration } from "./time.ts";
import type { WatchedQuota } from "./watched-quota.ts";

/** Draws the quota: a tick for each request that a minute has room for, and a bar for the day. */
export function showQuota(quota: WatchedQuota, now: number): void {
  const [minute, day] = quota.snapshot();
  if (!minute || !day) return;
  setMeter("minute-meter", minute.used, minute.limit);
  setMeter("day-meter", day.used, day.limit);
  byId("day-bar").style.width = `${(day.used / day.limit) * 100}%`;
  drawTicks(byId("minute-ticks"), minute.limit, minute.used);
  drawTicks(byId("queue"), quota.waiting, 0);
  const next = minute.resetsAt ? `, next in ${duration(minute.resetsAt.getTime() - now)}` : "";
  setText(byId("minute-text"), `${minute.remaining} of ${minute.limit} left${next}`);
  setText(byId("day-text"), `${day.used} of ${day.limit} today`);
  setText(byId("queue-text"), quota.waiting === 0 ? "No request is queued" : `${quota.waiting} queued`);
}

function setMeter(id: string, used: number, limit: number): void {
  const meter = byId(id);
  meter.setAttribute("value", String(used));
  meter.setAttribute("max", String(limit));
  setText(meter, `${used} of ${limit} requests used`);
}

/** So many ticks, the first of them filled. Those that are there stay, so that they can fade. */
function drawTicks(row: HTMLElement, count: number, filled: number): void {
  while (row.childElementCount > count) row.lastElementChild?.remove();
  while (row.childElementCount < count) row.append(element("span"));
  for (const [index, tick] of [...row.children].entries()) tick.toggleAttribute("data-used", index < filled);
}
