import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// The content of the audio file in Base64: `await readFile("private-property.mp3", "base64")` gives it.
const message = "SUQzBAAAAAAAI1RTU0UAAAAPAAADTGF2ZjU4";
const created = await angelcam.audioMessages.create({ name: "Private property", message });
console.log(created.id, created.message);
