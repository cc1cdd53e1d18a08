import type { CurrentUser } from "../../../generated/schema.ts";
import type { Routes } from "../route-table.ts";

/** The account of the token. */
export function serveMe(routes: Routes): void {
  routes.signedIn("me.get", ({ account: { profile, cameras } }) => {
    const account: CurrentUser = {
      ...profile,
      my_cameras_count: cameras.count,
      shared_cameras_count: 0,
      total_cameras_count: cameras.count,
      cameras_with_guests_count: cameras.select({ has_guests: 1 }).length,
    };
    return Response.json(account);
  });
}
