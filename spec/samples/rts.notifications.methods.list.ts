import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.rts.notifications.methods.list({ limit: 2 });
for (const method of page.results) {
  console.log(method.id, method.name, method.type === "http" ? method.url : method.email);
}
