import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use recordingStreams.get.
const { current_time } = await angelcam.recordingStreams.getLegacyPosition(
  "e1-eu2.angelcam.com",
  "5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13",
);
console.log(current_time);
