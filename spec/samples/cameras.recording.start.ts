import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Five minutes from now on.
await angelcam.cameras.recording.start(20311, { duration: 300 });
