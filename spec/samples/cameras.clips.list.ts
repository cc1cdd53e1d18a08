import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.cameras.clips.list(20311, { created_by: "*" });
for (const clip of page.results) console.log(clip.name, clip.status, clip.start, clip.end);
