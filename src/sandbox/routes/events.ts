import type { EventInput } from "../../../generated/schema.ts";
import { RequestError } from "../../http/request-error.ts";
import { throttled } from "../responses.ts";
import type { Routes } from "../route-table.ts";
import type { Space } from "../space.ts";
import type { State } from "../state.ts";

/** Events that cameras and sensors report by their hash. Their list is that of `special-lists.ts`. */
export function serveEvents(routes: Routes, state: State): void {
  routes.open("events.create", ({ body }) => report(body, state));
  routes.open("events.createByGet", ({ query }) => report(query, state));
}

/** Takes an event of the camera or the sensor that has the hash. */
function report({ hash, title, occurred_at }: EventInput, { accounts, eventQuota, retryAfter }: State) {
  for (const space of accounts.flatMap(({ spaces }) => spaces)) {
    const cameraId = cameraWith(hash, space);
    if (cameraId === undefined) continue;
    const seconds = eventQuota.charge(hash);
    if (seconds !== undefined) return throttled(retryAfter, seconds);
    const happened = occurred_at === undefined ? {} : { occurredAt: occurred_at };
    return space.events.add(cameraId, { title: title ?? null, source: "api", ...happened });
  }
  throw new RequestError(400, "The hash is not valid.");
}

/** The camera that a hash reports for: its own, or that of a sensor, null where it was removed; undefined for no hash. */
function cameraWith(hash: string, { cameras, collection }: Space): number | null | undefined {
  const camera = [...cameras].find(({ event_api_hash }) => event_api_hash === hash);
  const sensor = [...collection("/v1/sensors/")].find((one) => one.hash === hash);
  return camera?.id ?? (sensor && (cameras.get(sensor.camera as number)?.id ?? null));
}
