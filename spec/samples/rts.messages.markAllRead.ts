import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const { set_as_read_count } = await angelcam.rts.messages.markAllRead();
console.log(`${set_as_read_count ?? 0} messages marked as read`);
