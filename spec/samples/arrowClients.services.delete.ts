import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
await angelcam.arrowClients.services.delete("5f0c2d1a-8b7e-4c39-9a64-2e1d7b3f8c05", "00c4");
console.log("The service is gone.");
