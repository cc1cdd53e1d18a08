import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// This costs money.
const service = await angelcam.billing.activeServices.create({ code: "7-days", period: "P1M" });
await angelcam.billing.activeServices.usage.update(service.id, { camera_id: 20311 });
console.log(`Bought as ${service.id}, and in use for camera 20311.`);
