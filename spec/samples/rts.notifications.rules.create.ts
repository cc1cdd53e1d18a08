import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const rule = await angelcam.rts.notifications.rules.create({
  notification_method: 302,
  message_type: "camera_status_offline",
  allowed_cameras: [20311, 20340],
});
console.log(`Rule ${rule.id} notifies when one of these cameras goes offline`);
