import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// This costs money.
const service = await angelcam.billing.activeServices.update(7701, { code: "30-days", period: "P1Y" });
console.log(`It is now ${service.current_service?.code}, until ${service.valid_until}`);
