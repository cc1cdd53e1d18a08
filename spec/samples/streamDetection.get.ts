import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const result = await angelcam.streamDetection.get("e2b7c4d9-3f60-4a15-9d8c-b1a05e6f7283");
if (result.status === "error") console.error(result.error);
for (const stream of result.streams ?? []) console.log(stream.type, stream.preview.live_snapshot);
