import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.sensors.list({ limit: 2 });
console.log(`${page.results.length} of ${page.count} sensors`);
for (const sensor of page.results) console.log(sensor.id, sensor.name, sensor.type);
