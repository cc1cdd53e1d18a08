import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.rts.notifications.rules.list({ limit: 2 });
for (const rule of page.results) console.log(`${rule.message_type} goes to ${rule.notification_method}`);
