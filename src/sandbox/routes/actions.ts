import type { Broadcasting, MarkAllReadResult, UnreadCount } from "../../../generated/schema.ts";
import { timestamp } from "../clock.ts";
import { streamsOf } from "../links.ts";
import type { Item } from "../resources/resource-table.ts";
import { errorResponse, noContent } from "../responses.ts";
import type { Routes } from "../route-table.ts";
import type { Space } from "../space.ts";

/** Requests that do something with an item, beside changing its fields. */
export function serveActions(routes: Routes): void {
  routes.signedIn("rts.arm", ({ space, query }) => arm(space, true, query));
  routes.signedIn("rts.disarm", ({ space, query }) => arm(space, false, query));

  routes.signedIn("rts.messages.countUnread", ({ space: { messages } }) => {
    const unread: UnreadCount = { unread_count: [...messages].filter(({ is_read }) => !is_read).length };
    return Response.json(unread);
  });

  routes.signedIn("rts.messages.markAllRead", ({ space: { messages, clock } }) => {
    const unread = [...messages].filter(({ is_read }) => !is_read);
    for (const message of unread) Object.assign(message, { is_read: true, read_at: timestamp(clock.now()) });
    const result: MarkAllReadResult = { set_as_read_count: unread.length };
    return Response.json(result);
  });

  routes.signedIn("broadcasting.get", ({ space, path }) => {
    const camera = broadcaster(space, path);
    if (!camera) return errorResponse(404);
    const { enabled, public_page } = space.object("/v1/cameras/{camera_id}/broadcasting/", camera.id);
    const streams = streamsOf(camera, space.clock.now()) as Broadcasting["streams"];
    return Response.json({ enabled, public_page, streams });
  });
  const broadcast = (enabled: boolean) => (space: Space, path: Readonly<Record<string, unknown>>) => {
    const camera = broadcaster(space, path);
    if (!camera) return errorResponse(404);
    space.object("/v1/cameras/{camera_id}/broadcasting/", camera.id).enabled = enabled;
    return noContent();
  };
  routes.signedIn("broadcasting.start", ({ space, path }) => broadcast(true)(space, path));
  routes.signedIn("broadcasting.stop", ({ space, path }) => broadcast(false)(space, path));

  routes.signedIn("billing.activeServices.usage.get", ({ space, path }) => {
    const service = activeService(space, path);
    return service ? Response.json(usageOf(service)) : errorResponse(404);
  });
  routes.signedIn("billing.activeServices.usage.update", ({ space, path, body: { camera_id } }) => {
    const service = activeService(space, path);
    const camera = camera_id === null ? undefined : space.cameras.get(camera_id);
    if (!service || (camera_id !== null && !camera)) return errorResponse(404);
    service.in_use = camera !== undefined;
    service.usage_detail = camera ? { camera_id: camera.id, camera_name: camera.name } : {};
    return Response.json(usageOf(service));
  });
}

/** Arms the space, or one location, at once or after so many seconds. */
function arm(
  space: Space,
  isArmed: boolean,
  { location_id, delay = 0 }: { location_id?: number; delay?: number },
): Response {
  const target =
    location_id === undefined ? space.object("/v1/rts/") : space.collection("/v1/locations/").get(location_id);
  if (!target) return errorResponse(404);
  if (delay > 0) target[isArmed ? "next_arming" : "next_disarming"] = timestamp(space.clock.now() + delay * 1000);
  else target.is_armed = isArmed;
  return noContent();
}

/** The camera, if it has the service for broadcasting. */
function broadcaster({ cameras }: Space, { camera_id }: Readonly<Record<string, unknown>>) {
  const camera = cameras.get(camera_id as number);
  return camera?.applications.some(({ code }) => code === "LSA") ? camera : undefined;
}

function activeService(space: Space, { active_service_id: id }: Readonly<Record<string, unknown>>): Item | undefined {
  return space.collection("/v1/billing/active-services/").get(id as number);
}

function usageOf({ id, in_use, usage_detail }: Item): Item {
  return { id, in_use, usage_detail: in_use ? usage_detail : null };
}
