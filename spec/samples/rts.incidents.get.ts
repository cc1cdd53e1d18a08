import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const incident = await angelcam.rts.incidents.get(90417);
console.log(`${incident.event_count} events since ${incident.first_event_occurred_at}`);
if (incident.incident_sharing_url) console.log("There is a page to share, for one hour.");
