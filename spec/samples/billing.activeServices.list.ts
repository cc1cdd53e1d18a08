import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.billing.activeServices.list();
for (const service of page.results) {
  console.log(service.id, service.current_service?.code, service.usage_detail.camera_name ?? "not in use");
}
