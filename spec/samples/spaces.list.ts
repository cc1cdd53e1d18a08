import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const spaces = await angelcam.spaces.list();
for (const space of spaces) console.log(space.id, space.name, space.is_default ? "(default)" : "");
