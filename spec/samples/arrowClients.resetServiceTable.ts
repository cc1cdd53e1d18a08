import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Without `full`, services that were added by hand stay.
await angelcam.arrowClients.resetServiceTable("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05", { full: true });
console.log("The services are forgotten; scan the network to find them again.");
