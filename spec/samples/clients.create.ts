import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const client = await angelcam.clients.create({
  first_name: "Marek",
  last_name: "Dvorak",
  email: "marek@example.com",
});
console.log(`${client.email} has got an invitation`);
