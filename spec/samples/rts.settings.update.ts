import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const settings = await angelcam.rts.settings.update({ incident_ttl: "PT30M" });
console.log(`An incident now stays open for ${settings.incident_ttl}`);
