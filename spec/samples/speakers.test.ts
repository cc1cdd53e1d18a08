import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Throws a BadRequestError with the reason if the speaker cannot be reached.
await angelcam.speakers.test(71);
console.log("The speaker can be reached.");
