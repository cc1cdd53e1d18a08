import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const client = await angelcam.clients.get(6021);
console.log(client.email, client.limited_account ? "may only look" : "manages cameras and services");
