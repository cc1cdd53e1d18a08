import type { ClientEvent } from "angelcam-client";
import { byId, element } from "./element.ts";
import { exactTime } from "./time.ts";

/** How many lines stay on the page. */
const LINES = 10;

let last: { readonly text: string; readonly count: HTMLElement; times: number } | undefined;

/** Adds a line to the journal, newest first. Equal lines in a row are shown once with a count. */
export function write(text: string, kind: string, now: number): void {
  if (last?.text === text) {
    last.times++;
    last.count.textContent = ` × ${last.times}`;
    return;
  }
  const count = element("span");
  const line = element(
    "li",
    { "data-kind": kind },
    element("time", {}, exactTime(now)),
    element("span", {}, text, count),
  );
  const list = byId("journal");
  list.prepend(line);
  while (list.childElementCount > LINES) list.lastElementChild?.remove();
  last = { text, count, times: 1 };
}

/** An event of the client in words; undefined for one that is not shown. */
export function describe(event: ClientEvent): string | undefined {
  switch (event.type) {
    case "response":
      return `${event.operationId}: ${event.status ?? event.error}`;
    case "retry":
      return `${event.operationId}: ${event.status ?? event.error}, attempt ${event.attempt} in ${Math.round(event.delay)} ms`;
    case "quota_wait":
      return `${event.operationId}: queued`;
    case "refresh":
      return `session: ${event.outcome}`;
    default:
      return undefined;
  }
}
