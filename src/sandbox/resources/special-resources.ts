import type { CameraUpdate } from "../../../generated/schema.ts";
import { HOUR } from "../../base/time.ts";
import { RequestError } from "../../http/request-error.ts";
import type { SandboxCamera } from "../camera.ts";
import { timeOf, timestamp } from "../clock.ts";
import { liveSnapshotLink, storedSnapshotLink, streamsOf } from "../links.ts";
import type { Space } from "../space.ts";
import type { Item } from "./resource-table.ts";
import type { Special } from "./special.ts";
import { specialBilling } from "./special-billing.ts";
import { specialLists } from "./special-lists.ts";

/** How long the page of an incident can be shared; see spec/schemas/Incident.yaml. */
const SHARED_FOR = HOUR;

const live = (item: Item, { clock }: Space, { refresh_rate }: Item): Item => ({
  ...item,
  live_snapshot: item.status === "online" ? liveSnapshotLink(Number(item.id), clock.now()) : null,
  streams: streamsOf(item as unknown as SandboxCamera, clock.now(), refresh_rate as number | undefined),
});

const SPECIAL: Readonly<Record<string, Special>> = {
  ...specialLists,
  ...specialBilling,
  "/v1/cameras/": {
    seeds: ({ cameraCount }) => Array.from({ length: cameraCount }, () => ({})),
    make: (given, space) => ({ ...space.inventCamera(), ...given }),
    accept: acceptCamera,
    show: live,
    afterGet: (item, { clock }) => {
      if (item.status !== "online") return;
      const now = clock.now();
      item.snapshot = { url: storedSnapshotLink(Number(item.id), now), created_at: timestamp(now) };
    },
    filters: {
      ids: (ids) => (item) => (ids as unknown[]).includes(item.id),
      tags: (tags) => (item) => (tags as unknown[]).some((tag) => (item.tags as unknown[]).includes(tag)),
      location_id: (id) => (item) => item.locationId === id,
      has_guests: (value, space) => (item) => space.guestsOf(item as unknown as SandboxCamera) > 0 === (value === 1),
    },
  },
  "/v1/cameras/{camera_id}/guests/": {
    seeds: (space, cameraId, examples) => {
      const { guests = 0 } = space.cameras.get(Number(cameraId)) ?? {};
      return cycleExamples(examples, guests, (guest, index) => ({
        ...guest,
        id: Number(cameraId) * 100 + index,
        email: index < examples.length ? guest.email : `guest${index}@example.com`,
      }));
    },
    accept: (body, item) => {
      const requested = body.permissions as Item | undefined;
      const permissions = { ...(item?.permissions as Item | undefined), ...requested };
      if (permissions.can_create_clips && requested?.can_view_rec === undefined) permissions.can_view_rec = true;
      return requested || item ? { ...body, permissions } : body;
    },
  },
  "/v1/shared-cameras/": { show: live },
  "/v1/public-cameras/": {
    show: live,
    filters: { online: (value) => (item) => (item.status === "online") === (value === 1) },
  },
  // Each sensor has a camera, and goes with it.
  "/v1/sensors/": {
    seeds: ({ cameras }, _, examples) => (cameras.count > 0 ? examples : []),
    items: (space) => {
      const sensors = space.collection("/v1/sensors/");
      for (const { id, camera } of [...sensors]) if (!space.cameras.get(camera as number)) sensors.remove(id as number);
      return sensors;
    },
    accept: (body, item, { cameras }) => {
      const { camera = item?.camera ?? [...cameras][0]?.id } = body;
      if (cameras.get(camera as number)) return { ...body, camera };
      throw new RequestError(400, { camera: [`There is no camera ${camera}.`] });
    },
  },
  "/v1/rts/": { show: (item, { clock }) => armedAt(item, clock.now()) },
  "/v1/locations/": {
    show: (item, { cameras, clock }) => ({
      ...armedAt(item, clock.now()),
      cameras_count: [...cameras].filter(({ locationId }) => locationId === item.id).length,
    }),
  },
  "/v1/rts/incidents/": {
    select: selectByTime,
    show: (item, { clock }) => ({
      ...item,
      incident_sharing_url:
        clock.now() < Date.parse(String(item.created_at)) + SHARED_FOR
          ? `https://my.angelcam.com/shared-incident/${Number(item.id).toString(16)}/`
          : null,
    }),
  },
  "/v1/rts/messages/": {
    newestFirst: true,
    seeds: (space, _, examples) =>
      cycleExamples(examples, 8, ({ read_at: _, ...message }, index) => {
        const time = space.clock.now() - index * HOUR;
        const read = { is_read: true, read_at: timestamp(time + HOUR / 2) };
        return {
          ...message,
          id: Number(examples[0]?.id) - index * 17,
          created_at: timestamp(time),
          ...(index % 2 === 0 ? { is_read: false } : read),
        };
      }),
    make: (given, { clock }) => {
      const { short_message = "A camera cannot be reached." } = given;
      const texts = { title: "A camera is offline", short_message, long_message: short_message };
      const created_at = timestamp(clock.now());
      return { created_at, ...texts, type: "camera_status_offline", is_read: false, show_detail: true, ...given };
    },
    accept: (body, item, { clock }) =>
      body.is_read === true
        ? { is_read: true, read_at: item?.read_at ?? timestamp(clock.now()) }
        : { ...body, ...(body.is_read === false ? { read_at: undefined } : {}) },
  },
  "/v1/arrow-clients/{arrow_client_id}/services/": {
    seeds: (space, clientId, examples) => ([...space.arrowClients][0]?.uuid === clientId ? examples : []),
    accept: (body) => ({ ...body, flags: { static: false, discovered: false, custom: true } }),
    show: (item) => ({ ...item, service_id: item.id }),
  },
  "/v1/clients/": {
    accept: ({ activated, ...body }, item, { clock }) =>
      item ? body : { ...body, activated_at: activated ? timestamp(clock.now()) : null },
  },
};

/** Lets an arming or disarming that was planned for now or earlier take effect, the later one last. */
function armedAt(item: Item, now: number): Item {
  const due = ["next_arming", "next_disarming"]
    .filter((name) => Date.parse(String(item[name])) <= now)
    .sort((one, other) => Date.parse(String(item[one])) - Date.parse(String(item[other])));
  for (const name of due) {
    item.is_armed = name === "next_arming";
    item[name] = null;
  }
  return item;
}

/** The special behaviour of a resource; empty for most of them. */
export function specialOf(path: string): Special {
  return SPECIAL[path] ?? {};
}

/** Those that were created in a time, in the requested order. */
function selectByTime(items: Item[], query: Item): Item[] {
  const [start = Number.NEGATIVE_INFINITY, end = Number.POSITIVE_INFINITY] = [timeOf(query.start), timeOf(query.end)];
  if (start >= end) throw new RequestError(400, { start: ["Must be before end."] });
  const at = ({ created_at }: Item) => Date.parse(String(created_at));
  const selected = items.filter((item) => at(item) >= start && at(item) <= end);
  if (query.ordering === undefined) return selected;
  const sign = query.ordering === "asc" ? 1 : -1;
  return selected.sort((one, other) => sign * (at(one) - at(other) || Number(one.id) - Number(other.id)));
}

/** So many items, made of the examples in turn. */
function cycleExamples(examples: Item[], count: number, change: (example: Item, index: number) => Item): Item[] {
  const length = examples.length > 0 ? count : 0;
  return Array.from({ length }, (_, index) => change(examples[index % examples.length] ?? {}, index));
}

/** Takes a camera of a request, if its address fits its type; see spec/schemas/CameraUpdate.yaml. */
function acceptCamera(body: CameraUpdate & Item, item: Item | undefined): Item {
  const { connection_type: connectionType = item?.connectionType, ...changes } = body;
  const [address, words] = (body.type ?? item?.type) === "mjpeg" ? [/^https?:/i, "http or https"] : [/^rtsp:/i, "rtsp"];
  if (body.url !== undefined && connectionType !== "arrow" && !address.test(body.url)) {
    throw new RequestError(400, { url: [`The address must begin with ${words}.`] });
  }
  if (item) return { ...changes, connectionType };
  const defaults = { enable_status_checks: true, enable_periodical_snapshots: true, tags: [] };
  const fresh = { applications: [], status: "online", snapshot: null, locationId: undefined, guests: 0 };
  return { ...defaults, ...changes, connectionType, ...fresh };
}
