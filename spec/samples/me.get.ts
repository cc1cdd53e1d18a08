import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const account = await angelcam.me.get();
console.log(account.email, account.first_name);
