import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const location = await angelcam.locations.get(87);
console.log(location.name, location.is_armed ? "armed" : "disarmed", location.next_arming);
