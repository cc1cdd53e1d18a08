import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// The audio file in Base64, for example `await readFile("private-property.mp3", "base64")`.
const message = "SUQzBAAAAAAAI1RTU0UAAAAPAAADTGF2ZjU4";
const created = await angelcam.audioMessages.create({ name: "Private property", message });
console.log(created.id, created.message);
