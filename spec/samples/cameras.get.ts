import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const camera = await angelcam.cameras.get(20311, { max_width: 640 });
const hls = camera.streams.find((stream) => stream.format === "hls");
console.log(camera.name, camera.status, hls?.url);
