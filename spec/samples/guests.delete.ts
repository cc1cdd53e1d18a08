import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: spaces replace guests, see spaces.getPermissions.
await angelcam.guests.delete(20311, 5302);
console.log("The guest sees the camera no more.");
