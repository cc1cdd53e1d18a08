/** A program of 20 lines on the client. */
export const ON_THE_CLIENT = `
import { Angelcam, ApiError, type components, personalAccessToken } from "angelcam-client";

const angelcam = new Angelcam({ auth: personalAccessToken("fe6a3f0c25b8"), space: 411 });

export async function report(start: string, end: string): Promise<string[]> {
  const { email } = await angelcam.me.get();
  const lines = [\`cameras of \${email}\`];
  for await (const camera of angelcam.cameras.list({ tags: ["outdoor"] })) {
    const hls = camera.streams.find((stream) => stream.format === "hls");
    lines.push(\`\${camera.id} \${camera.name} \${camera.status} \${hls?.url}\`);
    const { results } = await angelcam.cameras.recordings.list(camera.id);
    const timeline = await angelcam.recordings.timeline(results[0]?.id ?? "", { start, end });
    lines.push(...(timeline.segments ?? []).map((segment) => \`\${segment.start} \${segment.end}\`));
  }
  return lines;
}
export async function keep(camera: components["schemas"]["Camera"], start: string, end: string) {
  const clip = await angelcam.cameras.clips.create(camera.id, { name: camera.name, start, end });
  return clip.status === "READY" ? clip.download_url : undefined;
}
export const isGone = (error: unknown) => error instanceof ApiError && error.status === 404;
`;

/** The same program on the types alone, without the code of the requests. */
export const ON_BARE_TYPES = `
import type { components, operations } from "./bare.js";

declare function send<Answer>(method: string, path: string, input?: unknown): Promise<Answer>;
type Answer<Id extends "me.get" | "cameras.list" | "cameras.recordings.list" | "recordings.timeline"> =
  operations[Id]["responses"][200]["content"]["application/json"];

export async function report(start: string, end: string): Promise<string[]> {
  const { email } = await send<Answer<"me.get">>("GET", "/v1/me/");
  const lines = [\`cameras of \${email}\`];
  for (const camera of (await send<Answer<"cameras.list">>("GET", "/v1/cameras/?tags=outdoor")).results) {
    const hls = camera.streams.find((stream) => stream.format === "hls");
    lines.push(\`\${camera.id} \${camera.name} \${camera.status} \${hls?.url}\`);
    const recordings = await send<Answer<"cameras.recordings.list">>("GET", \`/v1/cameras/\${camera.id}/recordings/\`);
    const id = recordings.results[0]?.id ?? "";
    const query: operations["recordings.timeline"]["parameters"]["query"] = { start, end };
    const timeline = await send<Answer<"recordings.timeline">>("GET", \`/v1/recording/\${id}/timeline/\`, query);
    lines.push(...(timeline.segments ?? []).map((segment) => \`\${segment.start} \${segment.end}\`));
  }
  return lines;
}
export async function keep(camera: components["schemas"]["Camera"], start: string, end: string) {
  type Clip = operations["cameras.clips.create"]["responses"][201]["content"]["application/json"];
  const clip = await send<Clip>("POST", \`/v1/cameras/\${camera.id}/clips/\`, { name: camera.name, start, end });
  return clip.status === "READY" ? clip.download_url : undefined;
}
export const isGone = (error: { status?: number }) => error.status === 404;
`;
