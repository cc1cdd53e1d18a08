import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const method = await angelcam.rts.notifications.methods.update(302, {
  name: "Control room",
  type: "http",
  url: "https://example.com/angelcam/notify",
  signature_private_key: process.env.ANGELCAM_WEBHOOK_KEY ?? "",
});
console.log(`${method.name} has a new key`);
