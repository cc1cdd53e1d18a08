import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Older: access belongs to spaces now, see spaces.list.
await angelcam.sharedCameras.delete(17204);
console.log("You see the camera no more.");
