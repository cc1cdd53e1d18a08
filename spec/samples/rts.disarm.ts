import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
await angelcam.rts.disarm({ location_id: 87 });
console.log("Disarmed.");
