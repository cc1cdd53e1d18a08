import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const method = await angelcam.rts.notifications.methods.create({
  name: "Control room",
  type: "http",
  url: "https://example.com/angelcam/notify",
});
// An HTTP method has a signature_private_key: your server verifies webhooks with it.
console.log(`${method.name} has the id ${method.id}`);
