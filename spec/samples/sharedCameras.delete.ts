import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: spaces replace it, see spaces.list.
await angelcam.sharedCameras.delete(17204);
console.log("You see the camera no more.");
