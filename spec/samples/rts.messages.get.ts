import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const message = await angelcam.rts.messages.get(5120931);
console.log(message.title);
console.log(message.long_message);
