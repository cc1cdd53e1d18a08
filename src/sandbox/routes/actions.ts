import { timestamp } from "../clock.ts";
import { streamsOf } from "../links.ts";
import type { Item } from "../resources/resource-table.ts";
import { usageOf } from "../resources/special-resources.ts";
import { CallError, found } from "../responses.ts";
import type { ResultOf, Routes, SignedInCall } from "../route-table.ts";
import type { Space } from "../space.ts";

type Path = SignedInCall<"me.get">["path"];

/** Requests that do something with an item, beside changing its fields. */
export function serveActions(routes: Routes): void {
  routes.signedIn("me.get", ({ account: { profile }, space }) => {
    const [own, shared] = [space.cameras.count, space.sharedCameras.count];
    return {
      ...profile,
      my_cameras_count: own,
      shared_cameras_count: shared,
      total_cameras_count: own + shared,
      cameras_with_guests_count: [...space.cameras].filter((camera) => space.guestsOf(camera) > 0).length,
    };
  });
  routes.signedIn("me.delete", ({ account }) => {
    account.isDeleted = true;
  });

  routes.signedIn("rts.arm", ({ space, query }) => arm(space, true, query));
  routes.signedIn("rts.disarm", ({ space, query }) => arm(space, false, query));

  routes.signedIn("rts.messages.countUnread", ({ space }) => ({ unread_count: unreadIn(space).length }));
  routes.signedIn("rts.messages.markAllRead", ({ space }) => {
    const unread = unreadIn(space);
    for (const message of unread) Object.assign(message, { is_read: true, read_at: timestamp(space.clock.now()) });
    return { set_as_read_count: unread.length };
  });

  routes.signedIn("broadcasting.get", ({ space, path }) => {
    const { camera, broadcasting } = broadcastingOf(space, path);
    return { ...broadcasting, streams: streamsOf(camera, space.clock.now()) } as ResultOf<"broadcasting.get">;
  });
  routes.signedIn("broadcasting.start", ({ space, path }) => {
    broadcastingOf(space, path).broadcasting.enabled = true;
  });
  routes.signedIn("broadcasting.stop", ({ space, path }) => {
    broadcastingOf(space, path).broadcasting.enabled = false;
  });

  routes.signedIn("billing.activeServices.usage.get", ({ space, path }) => showUsage(serviceAt(space, path), space));
  routes.signedIn("billing.activeServices.usage.update", ({ space, path, body: { camera_id } }) => {
    const service = serviceAt(space, path);
    const camera = camera_id === null ? undefined : found(space.cameras.get(camera_id));
    service.usage_detail = camera ? { camera_id: camera.id } : {};
    return showUsage(service, space);
  });

  routes.signedIn("streamDetection.start", ({ space: { streamDetections }, body }) => {
    const sources = [body.address, body.arrow_service].filter((source) => source !== undefined);
    if (sources.length !== 1) throw new CallError(400, "Give either an address or an Arrow service.");
    return { session_id: streamDetections.start(body).id };
  });
  routes.signedIn(
    "streamDetection.get",
    ({ space, path }) => found(space.streamDetections.get(path.session_id as string)).result,
  );
}

/** Arms the space, or one location, at once or after so many seconds. */
function arm(space: Space, isArmed: boolean, query: { location_id?: number; delay?: number }): undefined {
  const { location_id, delay = 0 } = query;
  const locations = space.collection("/v1/locations/");
  const target = location_id === undefined ? space.object("/v1/rts/") : found(locations.get(location_id));
  if (delay > 0) target[isArmed ? "next_arming" : "next_disarming"] = timestamp(space.clock.now() + delay * 1000);
  else target.is_armed = isArmed;
}

function unreadIn({ messages }: Space) {
  return [...messages].filter(({ is_read }) => !is_read);
}

/** The broadcasting of a camera that has the service for it. */
function broadcastingOf({ cameras, object }: Space, { camera_id }: Path) {
  const camera = found(cameras.get(camera_id as number));
  if (!camera.applications.some(({ code }) => code === "LSA")) throw new CallError(404);
  return { camera, broadcasting: object("/v1/cameras/{camera_id}/broadcasting/", camera.id) };
}

function serviceAt(space: Space, { active_service_id }: Path): Item {
  return found(space.collection("/v1/billing/active-services/").get(active_service_id as number));
}

function showUsage(service: Item, space: Space) {
  const { in_use, usage_detail } = usageOf(service, space);
  return {
    id: service.id,
    in_use,
    usage_detail: in_use ? usage_detail : null,
  } as ResultOf<"billing.activeServices.usage.get">;
}
