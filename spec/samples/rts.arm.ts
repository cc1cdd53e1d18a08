import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Arms the location in 30 seconds, so that the last person can leave.
await angelcam.rts.arm({ location_id: 87, delay: 30 });
