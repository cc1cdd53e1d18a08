import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const page = await angelcam.billing.services.list({ type: "cloud-recording" });
for (const service of page.results) {
  const month = service.prices.find((price) => price.period === "P1M");
  console.log(service.code, month?.price, service.currency);
}
