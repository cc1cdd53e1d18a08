import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
await angelcam.broadcasting.start(20311);
const { streams } = await angelcam.broadcasting.get(20311);
console.log(streams);
