import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use cameras.clips.get.
const clip = await angelcam.sharedCameras.clips.get(17204, "0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506");
console.log(clip.status, clip.download_url);
