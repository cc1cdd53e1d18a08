import {
  Angelcam,
  type AngelcamOptions,
  type FootageSegment,
  footage,
  OAuthSession,
  passwordGrant,
} from "angelcam-client";
import type { DemoState } from "./demo-state.ts";

/** Signs in. Without `fetch` and `clock` the same client talks to Angelcam itself, in real time. */
export function connect(
  { sandbox, clock }: DemoState,
  quota: AngelcamOptions["quota"],
  onEvent: AngelcamOptions["onEvent"],
) {
  const { username, password } = sandbox.account;
  const session = new OAuthSession({
    clientId: sandbox.client.clientId,
    grant: passwordGrant({ username, password }),
  });
  return new Angelcam({ auth: session, quota, onEvent, fetch: sandbox.fetch, clock });
}

/** The footage of a camera between two times; undefined for a camera that is not recorded. */
export async function readDay(angelcam: Angelcam, cameraId: number, start: Date, end: Date) {
  const { results } = await angelcam.cameras.recordings.list(cameraId);
  const [recording] = results;
  if (!recording) return undefined;
  const day = footage(angelcam, recording.id, { start, end });
  const segments = await day.toArray();
  // The segments are cached: gaps and coverage send no further request.
  const gaps: FootageSegment[] = [];
  for await (const gap of day.gaps()) gaps.push(gap);
  const { ratio } = await day.coverage();
  return { start, end, segments, gaps, ratio };
}

/** Thirty calls at the same moment, where thirty a minute are allowed and some have been spent: the client sends what it may, and the rest waits. */
export function askAllAtOnce(angelcam: Angelcam) {
  return Promise.all(Array.from({ length: 30 }, () => angelcam.me.get()));
}
