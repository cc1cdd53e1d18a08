import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use cameras.get.
const camera = await angelcam.sharedCameras.get(17204);
console.log(camera.name, camera.status, camera.has_recording);
