import type { CurrentUser } from "../../../generated/schema.ts";
import { errorResponse, noContent } from "../responses.ts";
import type { Routes } from "../route-table.ts";

/** The account of the token, and its spaces. */
export function serveMe(routes: Routes): void {
  routes.signedIn("me.get", ({ account: { profile }, space }) => {
    const [own, shared] = [space.cameras.count, space.sharedCameras.count];
    const account: CurrentUser = {
      ...profile,
      my_cameras_count: own,
      shared_cameras_count: shared,
      total_cameras_count: own + shared,
      cameras_with_guests_count: [...space.cameras].filter((camera) => space.guestsOf(camera) > 0).length,
    };
    return Response.json(account);
  });

  routes.signedIn("me.delete", ({ account }) => {
    account.isDeleted = true;
    return noContent();
  });

  routes.signedIn("spaces.list", ({ account: { spaces } }) =>
    Response.json(spaces.map(({ id, name, is_default }) => ({ id, name, is_default }))),
  );

  routes.signedIn("spaces.get", ({ account: { spaces }, path }) => {
    const found = spaces.find(({ id }) => id === path.space_id);
    return found ? Response.json({ id: found.id, name: found.name, is_default: found.is_default }) : errorResponse(404);
  });

  routes.signedIn("spaces.getPermissions", ({ account: { spaces }, path }) => {
    if (!spaces.some(({ id }) => id === path.space_id)) return errorResponse(404);
    return Response.json({ assignments: [{ permission: "space.admin", location_id: null, camera_id: null }] });
  });
}
