import { Angelcam, bearerToken } from "angelcam-client";

// A personal access token gets 403 here.
const angelcam = new Angelcam({ auth: bearerToken(process.env.ANGELCAM_ACCESS_TOKEN ?? "") });
const camera = await angelcam.publicCameras.get(30418);
const hls = camera.streams.find((stream) => stream.format === "hls");
console.log(camera.name, camera.status, hls?.url);
