import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const speaker = await angelcam.speakers.create({
  name: "Yard",
  setup: "arrow",
  protocol: "basic",
  arrow_client: "5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05",
  arrow_service_id: "00c4",
  endpoint: "/api/v1/audio/play",
});
console.log(`Added as ${speaker.id}`);
