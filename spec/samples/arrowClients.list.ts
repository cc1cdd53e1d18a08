import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const { results } = await angelcam.arrowClients.list();
for (const arrowClient of results) console.log(arrowClient.uuid, arrowClient.mac, arrowClient.ip);
