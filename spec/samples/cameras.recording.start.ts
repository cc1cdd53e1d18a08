import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use recordings.start.
await angelcam.cameras.recording.start(20311, { duration: 300 });
console.log("It records for five minutes.");
