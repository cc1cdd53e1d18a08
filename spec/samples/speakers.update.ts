import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const { id, ...settings } = await angelcam.speakers.get(71);
const changes = { setup: "arrow", protocol: "basic", name: "Yard, north side" } as const;
const speaker = await angelcam.speakers.update(id, { ...settings, ...changes });
console.log(speaker.name);
