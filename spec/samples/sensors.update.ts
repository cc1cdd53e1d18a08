import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const sensor = await angelcam.sensors.update(954, { enable_cloud_recording_for: "PT5M", incident_delay: "PT1M" });
console.log(sensor.name, sensor.updated_at);
