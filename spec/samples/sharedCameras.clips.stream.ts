import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use cameras.clips.stream.
const playback = await angelcam.sharedCameras.clips.stream(17204, "0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506", {
  start: "2026-11-24T07:58:00Z",
});
console.log(playback.format, playback.url);
