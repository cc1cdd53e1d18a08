import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
await angelcam.broadcasting.start(20311);
const { streams } = await angelcam.broadcasting.get(20311);
for (const { format, url } of streams ?? []) console.log(format, url);
