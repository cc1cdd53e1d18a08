import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const sensor = await angelcam.sensors.get(954);
console.log(sensor.name, sensor.enabled, sensor.events_count_api);
