import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const service = await angelcam.arrowClients.services.get("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05", "00c4");
console.log(service.type, service.ip, service.port, service.camera_ids);
