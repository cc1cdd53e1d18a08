import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const camera = await angelcam.cameras.update(20311, { name: "Front door, left", tags: ["outdoor", "entrance"] });
console.log(camera.name, camera.tags);
