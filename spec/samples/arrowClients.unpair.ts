import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
await angelcam.arrowClients.unpair("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05");
console.log("The device no longer belongs to the account.");
