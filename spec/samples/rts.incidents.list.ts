import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.rts.incidents.list({ start: "2026-11-23T00:00:00Z", limit: 2 });
console.log(`${page.count} incidents since yesterday`);
for (const incident of page.results) {
  const state = incident.closed_at ? "closed" : incident.verified_at ? "verified" : "open";
  console.log(incident.id, incident.created_at, state);
}
