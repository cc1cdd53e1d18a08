import type { CurrentUser } from "../../../generated/schema.ts";
import { noContent } from "../responses.ts";
import type { Routes } from "../route-table.ts";

/** The account of the token. */
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
}
