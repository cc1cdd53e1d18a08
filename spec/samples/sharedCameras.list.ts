import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use cameras.list.
const page = await angelcam.sharedCameras.list({ limit: 2 });
for (const camera of page.results) console.log(camera.name, camera.owner.email);
