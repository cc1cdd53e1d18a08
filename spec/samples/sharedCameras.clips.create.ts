import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use cameras.clips.create.
const clip = await angelcam.sharedCameras.clips.create(17204, {
  name: "Parcel at the door",
  start: "2026-11-24T07:58:00Z",
  end: "2026-11-24T08:03:00Z",
});
console.log(clip.id, clip.status);
