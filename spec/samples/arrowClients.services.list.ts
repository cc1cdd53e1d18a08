import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const { results } = await angelcam.arrowClients.services.list("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05");
const cameras = results.filter((service) => service.hints?.camera);
for (const camera of cameras) console.log(camera.id, `${camera.type}://${camera.ip}:${camera.port}`);
