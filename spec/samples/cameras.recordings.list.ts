import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const { results } = await angelcam.cameras.recordings.list(20311);
for (const recording of results) console.log(recording.id, recording.status, recording.retention);
