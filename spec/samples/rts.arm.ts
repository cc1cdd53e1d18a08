import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
await angelcam.rts.arm({ location_id: 87, delay: 30 });
console.log("Armed in 30 seconds: time for the last person to leave.");
