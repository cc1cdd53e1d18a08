import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const service = await angelcam.billing.activeServices.get(7701);
console.log(`${service.current_service?.code} until ${service.valid_until}`);
console.log(`After that: ${service.renew_service?.code ?? "nothing"}`);
