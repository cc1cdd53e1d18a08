import { Angelcam, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
// Deprecated: use recordings.timeline.
const timeline = await angelcam.cameras.recording.timeline(20311, {
  start: "2026-11-23T08:00:00Z",
  end: "2026-11-24T08:00:00Z",
});
for (const segment of timeline.segments ?? []) console.log(segment.start, segment.end);
