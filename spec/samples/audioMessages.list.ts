import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.audioMessages.list({ limit: 2 });
console.log(`${page.results.length} of ${page.count} audio messages`);
for (const message of page.results) console.log(message.id, message.name);
