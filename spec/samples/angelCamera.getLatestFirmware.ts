import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const firmware = await angelcam.angelCamera.getLatestFirmware("4be07d21c95f4a3e8c6612fd03b7a9d8");
console.log(firmware.model, firmware.version, firmware.image);
