import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const search = await angelcam.streamDetection.start({
  address: "203.0.113.17",
  username: "viewer",
  password: "secret",
});
// The search takes a while: poll until the status is not "in-progress", or use `detectStreams`.
const result = await angelcam.streamDetection.get(search.session_id);
console.log(result.status);
