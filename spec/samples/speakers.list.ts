import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.speakers.list({ limit: 2 });
console.log(`${page.results.length} of ${page.count} speakers`);
for (const speaker of page.results) console.log(speaker.id, speaker.name);
