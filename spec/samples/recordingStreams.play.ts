import { Angelcam } from "angelcam-client";

// The streamer and the id are in the links of `stream_controls`. No token is needed: the id is the secret.
const angelcam = new Angelcam();
const options = { serverVariables: { streamer: "e1-eu2" } };
await angelcam.recordingStreams.play("5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13", options);
console.log("It plays again.");
