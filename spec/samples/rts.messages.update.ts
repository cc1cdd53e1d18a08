import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const message = await angelcam.rts.messages.update(5120931, { is_read: true });
console.log(`${message.title} was read at ${message.read_at}`);
