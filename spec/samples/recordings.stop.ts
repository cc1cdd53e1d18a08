import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
await angelcam.recordings.stop("3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093");
console.log("It does not record any more; the footage stays.");
