import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: spaces replace guests, see spaces.getPermissions.
const guest = await angelcam.guests.update(20311, 5302, {
  permissions: { can_view_rec: true, can_create_clips: true },
});
console.log(guest.permissions);
