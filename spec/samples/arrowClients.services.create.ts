import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const service = { type: "rtsp", ip: "192.168.1.90", port: 554 } as const;
const { service_id } = await angelcam.arrowClients.services.create("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05", service);
console.log(`Added as ${service_id}`);
