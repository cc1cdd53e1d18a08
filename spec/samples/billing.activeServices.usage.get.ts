import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const usage = await angelcam.billing.activeServices.usage.get(7701);
console.log(usage.in_use ? `In use for ${usage.usage_detail?.camera_name}` : "Not in use");
