import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import openapiTypeScript, { astToString } from "openapi-typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { document } from "../client/documented.ts";
import { medianOf, type TypeCheck, typeCheck } from "./type-check.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const COMPILER = path.join(ROOT, "node_modules/typescript/bin/tsc");

/** Runs of each; they take turns, so that a busy machine slows both. */
const RUNS = 7;

/** A program of 20 lines on the client. */
const ON_THE_CLIENT = `
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

/** The same on nothing but types: every request is left to the reader. */
const ON_BARE_TYPES = `
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

let folder: string;
beforeAll(async () => {
  if (!existsSync(path.join(ROOT, "dist/package/src/index.d.ts"))) {
    throw new Error("The package is not built yet: run npm run build");
  }
  // Inside the repository, so that "angelcam-client" is what was built.
  folder = await mkdtemp(path.join(ROOT, "dist/type-check-"));
  const copy = structuredClone(document) as unknown as Parameters<typeof openapiTypeScript>[0];
  await writeFile(path.join(folder, "bare.d.ts"), astToString(await openapiTypeScript(copy, { silent: true })));
  await writeFile(path.join(folder, "client.ts"), ON_THE_CLIENT);
  await writeFile(path.join(folder, "types.ts"), ON_BARE_TYPES);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a program of 20 lines compiles in 1.5 times what it takes on bare types, or less", {
  timeout: 300_000,
}, async () => {
  const client: TypeCheck[] = [];
  const bare: TypeCheck[] = [];
  for (let turn = 0; turn < RUNS; turn++) {
    client.push(await typeCheck(COMPILER, path.join(folder, "client.ts")));
    bare.push(await typeCheck(COMPILER, path.join(folder, "types.ts")));
  }
  const [ours, theirs] = [medianOf(client), medianOf(bare)];
  console.table({ "angelcam-client": ours, "bare types": theirs });
  expect(ours.total / theirs.total).toBeLessThanOrEqual(1.5);
});

test("a mistake in the program would be told", async () => {
  const file = path.join(folder, "mistake.ts");
  await writeFile(file, ON_THE_CLIENT.replace('["outdoor"]', '"outdoor"'));
  await expect(typeCheck(COMPILER, file)).rejects.toThrow(/'string' is not assignable/);
});
