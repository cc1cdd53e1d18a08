import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
await angelcam.cameras.clips.share(20311, "0f9a3c6e-5b7d-4e21-8c94-a1d2e3f4b506", { email: "lena@example.com" });
console.log("The e-mail is on its way.");
