import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Restart the device first: it listens for 20 minutes.
const { uuid } = await angelcam.arrowClients.pair({ uuid: "5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05" });
console.log(`Asked for ${uuid}; call arrowClients.get until it is online, or pairArrowClient for both.`);
