import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// This cannot be undone.
await angelcam.me.delete();
console.log("The account is gone.");
