import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const order = await angelcam.billing.orders.get(880142);
console.log(`${order.total_price} ${order.currency}`, order.paid_at ? "paid" : "to be paid");
