import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.rts.messages.list({ limit: 2 });
for (const message of page.results) {
  console.log(message.is_read ? " " : "*", message.created_at, message.short_message);
}
