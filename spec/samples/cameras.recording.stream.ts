import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use recordings.stream.
const playback = await angelcam.cameras.recording.stream(20311, { start: "2026-11-24T07:30:00Z" });
console.log(playback.format, playback.url);
