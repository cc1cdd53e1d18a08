import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const speaker = await angelcam.speakers.get(71);
console.log(speaker.name, speaker.endpoint);
