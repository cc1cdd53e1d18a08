import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: spaces replace guests, see spaces.getPermissions.
const page = await angelcam.guests.list(20311, { limit: 2 });
for (const guest of page.results) console.log(guest.id, guest.email, guest.permissions);
