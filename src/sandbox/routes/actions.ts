import type { OperationId } from "../../../generated/operations.ts";
import type { ArrowServiceFlags, EventInput } from "../../../generated/schema.ts";
import { RequestError } from "../../http/request-error.ts";
import { spacesOf } from "../accounts.ts";
import type { SandboxArrowClient } from "../arrow-client-collection.ts";
import type { SandboxCamera } from "../camera.ts";
import type { SandboxClip } from "../clip-collection.ts";
import { timestamp } from "../clock.ts";
import { streamsOf } from "../links.ts";
import type { Item } from "../resources/resource-table.ts";
import { usageOf } from "../resources/special-billing.ts";
import { found, throttled } from "../responses.ts";
import type { ResultOf, Routes, SignedInCall } from "../route-table.ts";
import type { Space } from "../space.ts";
import type { State } from "../state.ts";
import { itemAt } from "./resources.ts";

/** Where a request works, and on what. */
type Place = Pick<SignedInCall<OperationId>, "space" | "path">;

const SERVICES = "/v1/billing/active-services/";

/** Requests that do something with an item, beside changing its fields. */
export function serveActions(routes: Routes, state: State): void {
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

  routes.open("events.create", ({ body }) => report(body, state));
  routes.open("events.createByGet", ({ query }) => report(query, state));

  routes.signedIn("rts.arm", ({ space, query }) => arm(space, true, query));
  routes.signedIn("rts.disarm", ({ space, query }) => arm(space, false, query));

  routes.signedIn("rts.messages.countUnread", ({ space }) => ({ unread_count: unreadIn(space).length }));
  routes.signedIn("rts.messages.markAllRead", ({ space }) => {
    const unread = unreadIn(space);
    for (const message of unread) Object.assign(message, { is_read: true, read_at: timestamp(space.clock.now()) });
    return { set_as_read_count: unread.length };
  });

  routes.signedIn("broadcasting.get", (call) => {
    const { camera, broadcasting } = broadcastingOf(call);
    return { ...broadcasting, streams: streamsOf(camera, call.space.clock.now()) } as ResultOf<"broadcasting.get">;
  });
  routes.signedIn("broadcasting.start", (call) => {
    broadcastingOf(call).broadcasting.enabled = true;
  });
  routes.signedIn("broadcasting.stop", (call) => {
    broadcastingOf(call).broadcasting.enabled = false;
  });

  routes.signedIn("cameras.clips.share", (call) => {
    itemAt<SandboxClip>("/v1/cameras/{camera_id}/clips/", call).sharedWith.push(call.body.email);
  });

  routes.signedIn("billing.activeServices.usage.get", (call) => showUsage(itemAt(SERVICES, call), call.space));
  routes.signedIn("billing.activeServices.usage.update", (call) => {
    const { camera_id } = call.body;
    const service = itemAt(SERVICES, call);
    service.usage_detail = camera_id === null ? {} : { camera_id: found(call.space.cameras.get(camera_id)).id };
    return showUsage(service, call.space);
  });

  routes.signedIn("arrowClients.pair", ({ space: { arrowClients }, body }) => {
    const { uuid, angelbox_id, mac } = body;
    if (!uuid && !angelbox_id && !mac) throw new RequestError(400, "One of uuid, angelbox_id and mac is required.");
    const client = arrowClients.pair(body);
    return client.wasPairedByMac && !uuid ? { mac: client.mac } : { uuid: client.uuid };
  });
  routes.signedIn("arrowClients.resetServiceTable", (call) => {
    const services = call.space.collection("/v1/arrow-clients/{arrow_client_id}/services/", reachable(call).uuid);
    for (const { id, flags } of [...services]) {
      // Without `full`, services that were added by hand stay.
      if (call.body?.full || !(flags as ArrowServiceFlags).custom) services.remove(id as string);
    }
  });
  routes.signedIn("arrowClients.scanNetwork", (call) => call.space.arrowClients.scan(reachable(call)));

  routes.signedIn("streamDetection.start", ({ space: { streamDetections }, body }) => {
    const sources = [body.address, body.arrow_service].filter((source) => source !== undefined);
    if (sources.length !== 1) throw new RequestError(400, "Give either an address or an Arrow service.");
    return { session_id: streamDetections.start(body).id };
  });
  routes.signedIn(
    "streamDetection.get",
    ({ space, path }) => found(space.streamDetections.get(path.session_id as string)).result,
  );
}

/** Arms one location, or the space with all of them, at once or after so many seconds. */
function arm(space: Space, isArmed: boolean, query: { location_id?: number; delay?: number }): undefined {
  const { location_id, delay = 0 } = query;
  const locations = space.collection("/v1/locations/");
  const all = () => [space.object("/v1/rts/"), ...locations];
  for (const target of location_id === undefined ? all() : [found(locations.get(location_id))]) {
    if (delay > 0) target[isArmed ? "next_arming" : "next_disarming"] = timestamp(space.clock.now() + delay * 1000);
    else target.is_armed = isArmed;
  }
}

function unreadIn({ messages }: Space) {
  return [...messages].filter(({ is_read }) => !is_read);
}

/** The broadcasting of a camera that has the service for it. */
function broadcastingOf(call: Place) {
  const camera = itemAt<SandboxCamera>("/v1/cameras/", call);
  if (!camera.applications.some(({ code }) => code === "LSA")) throw new RequestError(404);
  return { camera, broadcasting: call.space.object("/v1/cameras/{camera_id}/broadcasting/", camera.id) };
}

/** The Arrow client of a path, if it can be reached. */
function reachable(call: Place): SandboxArrowClient {
  const client = itemAt<SandboxArrowClient>("/v1/arrow-clients/", call);
  if (client.status !== "online") throw new RequestError(502, "The Arrow client cannot be reached.");
  return client;
}

function showUsage(service: Item, space: Space) {
  const { in_use, usage_detail } = usageOf(service, space);
  return {
    id: service.id,
    in_use,
    usage_detail: in_use ? usage_detail : null,
  } as ResultOf<"billing.activeServices.usage.get">;
}

/** Takes an event of the camera or the sensor that has the hash. */
function report({ hash, title, occurred_at }: EventInput, { accounts, eventQuota, retryAfter }: State) {
  for (const space of spacesOf(accounts)) {
    const cameraId = cameraWith(hash, space);
    if (cameraId === undefined) continue;
    const seconds = eventQuota.charge(hash);
    if (seconds !== undefined) throw throttled(retryAfter, seconds);
    return space.events.add(cameraId, { title, source: "api", occurredAt: occurred_at });
  }
  throw new RequestError(400, "The hash is not valid.");
}

/** The camera that a hash reports for: its own, or that of a sensor, null where it was removed; undefined for no hash. */
function cameraWith(hash: string, { cameras, collection }: Space): number | null | undefined {
  const camera = [...cameras].find(({ event_api_hash }) => event_api_hash === hash);
  const sensor = [...collection("/v1/sensors/")].find((one) => one.hash === hash);
  return camera?.id ?? (sensor && (cameras.get(sensor.camera as number)?.id ?? null));
}
