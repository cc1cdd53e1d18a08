import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const rule = await angelcam.rts.notifications.rules.update(403, {
  notification_method: 302,
  message_type: "camera_status_offline",
  allowed_cameras: [20311, 20340, 20391],
});
console.log(`Rule ${rule.id} is about ${rule.allowed_cameras?.length ?? 0} cameras now`);
