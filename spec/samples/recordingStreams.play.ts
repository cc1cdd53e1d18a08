import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
await angelcam.recordingStreams.play("5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13");
