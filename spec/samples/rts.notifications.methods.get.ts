import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const method = await angelcam.rts.notifications.methods.get(302);
console.log(method.name, method.type === "http" ? method.url : method.email);
