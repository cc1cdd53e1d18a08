import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: spaces replace guests, see spaces.getPermissions.
const guest = await angelcam.guests.create(20311, { email: "lena@example.com", permissions: { can_view_rec: true } });
console.log(`${guest.email} is guest ${guest.id}`);
