import type { Camera, CameraList, CameraUpdate } from "../../../generated/schema.ts";
import type { SandboxCamera } from "../camera-collection.ts";
import { timestamp } from "../clock.ts";
import { liveSnapshotLink, streamsOf } from "../links.ts";
import { offsetPage } from "../offset-page.ts";
import { errorAnswer, invalidInput } from "../responses.ts";
import type { Routes } from "../route-table.ts";
import type { World } from "../state.ts";

/** The cameras of the account. */
export function serveCameras(routes: Routes, { clock }: World): void {
  routes.signedIn("cameras.list", ({ account, query, url }) => {
    const page: CameraList = offsetPage(account.cameras.select(query), query, url, (camera) =>
      show(camera, clock.now(), query.refresh_rate),
    );
    return Response.json(page);
  });

  routes.signedIn("cameras.get", ({ account, path, query }) => {
    const camera = account.cameras.get(path.camera_id as number);
    if (!camera) return errorAnswer(404);
    const shown = show(camera, clock.now(), query.refresh_rate);
    account.cameras.takeSnapshot(camera);
    return Response.json(shown);
  });

  routes.signedIn("cameras.create", ({ account, body }) => {
    const problem = addressProblem(body);
    if (problem) return invalidInput({ url: [problem] });
    const camera = account.cameras.add({
      enable_status_checks: true,
      enable_periodical_snapshots: true,
      tags: [],
      ...known(body),
      connectionType: body.connection_type,
      applications: [],
      status: "online",
      snapshot: { url: null, created_at: timestamp(clock.now()) },
      locationId: undefined,
      guests: 0,
    });
    return Response.json(show(camera, clock.now(), undefined), { status: 201 });
  });

  routes.signedIn("cameras.update", ({ account, path, body }) => {
    const camera = account.cameras.get(path.camera_id as number);
    if (!camera) return errorAnswer(404);
    const { connection_type: connectionType = camera.connectionType, ...changes } = body;
    const problem = addressProblem({
      type: camera.type as "h264" | "h265" | "mjpeg",
      ...body,
      ...(connectionType && { connection_type: connectionType }),
    });
    if (problem) return invalidInput({ url: [problem] });
    Object.assign(camera, known(changes), { connectionType });
    return Response.json(show(camera, clock.now(), undefined));
  });

  routes.signedIn("cameras.delete", ({ account, path }) =>
    account.cameras.remove(path.camera_id as number) ? new Response(null, { status: 204 }) : errorAnswer(404),
  );
}

/** What is wrong with the address of a stream; see spec/schemas/CameraUpdate.yaml. */
function addressProblem({ type, connection_type, url }: CameraUpdate): string | undefined {
  if (url === undefined || connection_type === "arrow") return undefined;
  const begins = type === "mjpeg" ? ["http:", "https:"] : ["rtsp:"];
  if (begins.some((scheme) => url.toLowerCase().startsWith(scheme))) return undefined;
  return `The address must begin with ${type === "mjpeg" ? "http or https" : "rtsp"}.`;
}

/** A field that the API does not know must not come back in the camera. */
function known({ name, type, url, enable_status_checks, enable_periodical_snapshots, tags }: CameraUpdate): object {
  const fields = { name, type, url, enable_status_checks, enable_periodical_snapshots, tags };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function show(
  { locationId, guests, connectionType, url, ...camera }: SandboxCamera,
  now: number,
  refreshRate: number | undefined,
): Camera {
  return {
    ...camera,
    live_snapshot: camera.status === "online" ? liveSnapshotLink(camera.id, now) : null,
    streams: streamsOf(camera, now, refreshRate),
  };
}
