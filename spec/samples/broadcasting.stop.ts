import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
await angelcam.broadcasting.stop(20311);
console.log("The camera is not broadcast any more.");
