import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const clip = await angelcam.cameras.clips.create(20311, {
  name: "Parcel at the door",
  start: "2026-11-24T07:58:00Z",
  end: "2026-11-24T08:03:00Z",
});
// Poll `cameras.clips.get` until the clip is READY or ERROR, or use `createClip`, which waits for it.
console.log(clip.id, clip.status);
