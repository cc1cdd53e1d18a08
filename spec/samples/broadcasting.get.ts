import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const broadcast = await angelcam.broadcasting.get(20311);
const hls = broadcast.streams?.find((stream) => stream.format === "hls");
console.log(broadcast.enabled ? hls?.url : "Not broadcast");
