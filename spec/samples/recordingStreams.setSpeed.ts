import { Angelcam } from "angelcam-client";

// The streamer and the id are in the links of `stream_controls`. No token is needed: the id is the secret.
const angelcam = new Angelcam();
const options = { serverVariables: { streamer: "e1-eu2" } };
await angelcam.recordingStreams.setSpeed("5d2e8f70-1c3b-4a9d-8e6f-7b0a9c4d2e13", { speed: 4 }, options);
console.log("Four times as fast as real time.");
