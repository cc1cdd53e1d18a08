import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.billing.orders.list({ state: "unpaid" });
for (const order of page.results) console.log(order.id, order.total_price, order.currency, order.due_at);
