import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.cameras.events.list(20311, { start: "2026-11-23T08:00:00Z", limit: 3 });
for (const event of page.results) console.log(event.occurred_at, event.category, event.title);
