import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: spaces replace guests, see spaces.getPermissions.
const guest = await angelcam.guests.get(20311, 5302);
console.log(guest.email, guest.permissions.can_view_rec);
