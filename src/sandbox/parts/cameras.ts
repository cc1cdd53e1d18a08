import type { Camera, CameraList } from "../../../generated/schema.ts";
import { errorAnswer } from "../answers.ts";
import type { SandboxCamera } from "../camera-collection.ts";
import { liveSnapshotLink, streamsOf } from "../links.ts";
import { offsetPage } from "../offset-page.ts";
import type { Routes } from "../routes.ts";
import type { World } from "../world.ts";

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
}

function show({ locationId, guests, ...camera }: SandboxCamera, now: number, refreshRate: number | undefined): Camera {
  return {
    ...camera,
    live_snapshot: camera.status === "online" ? liveSnapshotLink(camera.id, now) : null,
    streams: streamsOf(camera, now, refreshRate),
  };
}
