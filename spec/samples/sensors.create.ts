import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const sensor = await angelcam.sensors.create({ name: "Back door contact", type: "door_window", camera: 20311 });
console.log(`Added as ${sensor.id}; it reports its events with its hash, see events.create.`);
