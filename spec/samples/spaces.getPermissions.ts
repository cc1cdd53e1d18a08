import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const { assignments } = await angelcam.spaces.getPermissions(411);
for (const { permission, location_id, camera_id } of assignments) console.log(permission, location_id, camera_id);
