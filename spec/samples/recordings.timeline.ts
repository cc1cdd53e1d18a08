import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const timeline = await angelcam.recordings.timeline("3b0c7e52-9d1f-4a86-b2e4-6f5d8c1a7093", {
  start: "2026-11-23T08:00:00Z",
  end: "2026-11-24T08:00:00Z",
});
// The range has at most 24 hours; `footage` takes a range of any length.
for (const segment of timeline.segments ?? []) console.log(segment.start, segment.end);
