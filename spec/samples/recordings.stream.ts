import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const playback = await angelcam.recordings.stream("3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093", {
  start: "2026-11-24T07:30:00Z",
});
console.log(playback.format, playback.url, playback.stream_controls?.base_url);
