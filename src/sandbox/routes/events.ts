import type { Event, EventInput } from "../../../generated/schema.ts";
import { cursorPage } from "../cursor-page.ts";
import { timeOf } from "../date-input.ts";
import type { SandboxEvent } from "../event-collection.ts";
import { retryAfterHeaders } from "../quota.ts";
import { errorAnswer, invalidInput } from "../responses.ts";
import type { Routes } from "../route-table.ts";
import type { World } from "../state.ts";

/** What cameras have noticed. */
export function serveEvents(routes: Routes, world: World): void {
  routes.signedIn("cameras.events.list", ({ account, path, query: { start, end, limit }, url }) => {
    const camera = account.cameras.get(path.camera_id as number);
    if (!camera) return errorAnswer(404);
    const events = account.events.select(camera.id, timeOf(start), timeOf(end));
    return cursorPage(events, url, { keyOf: ({ number }) => number, show, limit });
  });

  routes.open("events.create", ({ body }) => report(body, world));
  routes.open("events.createByGet", ({ query }) => report(query, world));
}

/** Takes an event of the camera that has the hash. Sensors stand in the document's examples only and have none here. */
function report({ hash, title, occurred_at }: EventInput, { accounts, eventQuota, retryAfter }: World): Response {
  for (const { cameras, events } of accounts) {
    const camera = [...cameras].find(({ event_api_hash }) => event_api_hash === hash);
    if (!camera) continue;
    const seconds = eventQuota.charge(hash);
    if (seconds !== undefined) {
      return errorAnswer(429, {
        detail: `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? "" : "s"}.`,
        headers: retryAfterHeaders(retryAfter, seconds),
      });
    }
    const event = events.add(camera.id, {
      title: title ?? null,
      source: "api",
      ...(occurred_at === undefined ? {} : { occurredAt: occurred_at }),
    });
    return Response.json(show(event), { status: 201 });
  }
  return invalidInput("The hash is not valid.");
}

function show({ number, ...event }: SandboxEvent): Event {
  return event;
}
