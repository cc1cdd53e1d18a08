import { Angelcam, bearerToken } from "angelcam-client";

// A personal access token gets 403 here.
const angelcam = new Angelcam({ auth: bearerToken(process.env.ANGELCAM_ACCESS_TOKEN ?? "") });
const page = await angelcam.publicCameras.list({ online: 1, limit: 2 });
console.log(`${page.results.length} of ${page.count} public cameras`);
for (const camera of page.results) console.log(camera.name, camera.public_page_url);
