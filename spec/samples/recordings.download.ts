import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const { url } = await angelcam.recordings.download("3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093", {
  start: "2026-11-24T06:00:00Z",
  end: "2026-11-24T08:00:00Z",
  filename: "front-door-morning",
});
// The range has at most three hours, and the link expires; `downloads` takes a range of any length.
console.log(url);
