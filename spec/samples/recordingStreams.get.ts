import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const position = await angelcam.recordingStreams.get("5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13");
console.log(position.current_position ?? position.current_time, position.speed);
