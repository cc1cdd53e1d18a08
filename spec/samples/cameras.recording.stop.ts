import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use recordings.stop.
await angelcam.cameras.recording.stop(20311);
console.log("It does not record any more.");
