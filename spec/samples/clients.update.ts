import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const client = await angelcam.clients.update(6021, { invoice_to: "client" });
console.log(`${client.email} gets the invoices: ${client.invoice_to === "client"}`);
