import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
await angelcam.arrowClients.scanNetwork("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05");
const { scanning } = await angelcam.arrowClients.get("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05");
console.log(scanning ? "Scanning; ask again in a moment." : "The scan is over.");
