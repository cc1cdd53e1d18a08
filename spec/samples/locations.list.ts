import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.locations.list({ limit: 2 });
console.log(`${page.results.length} of ${page.count} locations`);
for (const location of page.results) console.log(location.id, location.name, location.is_armed);
