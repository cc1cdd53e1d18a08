import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use recordings.download.
const { url } = await angelcam.cameras.recording.download(20311, {
  start: "2026-11-24T06:00:00Z",
  end: "2026-11-24T08:00:00Z",
});
console.log(url);
