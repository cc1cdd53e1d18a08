import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Both fields are required, also an unchanged one.
const message = "SUQzBAAAAAAAI1RTU0UAAAAPAAADTGF2ZjU4";
const updated = await angelcam.audioMessages.update(318, { name: "Private property, two languages", message });
console.log(updated.name);
