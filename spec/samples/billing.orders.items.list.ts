import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.billing.orders.items.list(880142);
for (const item of page.results) console.log(item.type, item.service.code, item.price, item.currency);
