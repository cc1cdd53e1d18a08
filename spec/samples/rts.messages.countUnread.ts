import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const { unread_count } = await angelcam.rts.messages.countUnread();
console.log(`${unread_count ?? 0} messages to read`);
