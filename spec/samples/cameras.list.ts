import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.cameras.list({ limit: 5, tags: ["outdoor"] });
console.log(`${page.results.length} of ${page.count} cameras`);
for (const camera of page.results) console.log(camera.id, camera.name, camera.status);
