import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const { id, ...settings } = await angelcam.speakers.get(71);
const speaker = await angelcam.speakers.update(id, { ...settings, name: "Yard, north side" });
console.log(speaker.name);
