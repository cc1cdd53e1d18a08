import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const rule = await angelcam.rts.notifications.rules.get(403);
console.log(`${rule.message_type} goes to ${rule.notification_method}`);
