import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const settings = await angelcam.rts.settings.get();
console.log(`An incident stays open for ${settings.incident_ttl} after its last event`);
