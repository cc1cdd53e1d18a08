import { Angelcam } from "angelcam-client";

// No token is needed: the id is the secret. Id and streamer stand in the `stream_controls` of the playback.
const angelcam = new Angelcam();
const options = { serverVariables: { streamer: "rec-streamer-eu-central-1" } };
await angelcam.recordingStreams.pause("5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13", options);
console.log("Paused.");
