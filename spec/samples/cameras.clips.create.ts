import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const clip = await angelcam.cameras.clips.create(20311, {
  name: "Parcel at the door",
  start: "2026-11-24T07:58:00Z",
  end: "2026-11-24T08:03:00Z",
});
// It takes a while: read the clip again until it is READY or ERROR, or let `createClip` order it and wait.
console.log(clip.id, clip.status);
