import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const camera = await angelcam.cameras.create({
  name: "Front door",
  type: "h264",
  connection_type: "direct",
  url: "rtsp://viewer:secret@203.0.113.17:554/stream1",
});
console.log(`Connected as camera ${camera.id}`);
