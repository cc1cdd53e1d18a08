import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const usage = await angelcam.billing.activeServices.usage.update(7701, { camera_id: 20311 });
console.log(`In use for ${usage.usage_detail?.camera_name}`);
