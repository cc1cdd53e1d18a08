import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use recordings.get.
const recording = await angelcam.cameras.recording.get(20311);
console.log(recording.status, recording.recording_start, recording.recording_end);
