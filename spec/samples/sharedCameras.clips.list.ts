import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use cameras.clips.list.
const page = await angelcam.sharedCameras.clips.list(17204);
for (const clip of page.results) console.log(clip.name, clip.status);
