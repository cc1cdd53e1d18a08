// A program on every entry that runs anywhere. It is compiled with each TypeScript, and with no types of Node.
import {
  Angelcam,
  AngelcamError,
  BadRequestError,
  createClip,
  downloads,
  footage,
  liveStream,
  OAuthSession,
  type Page,
  passwordGrant,
  Quota,
  type TokenStore,
} from "angelcam-client";
import { formatCoverage, withContract } from "angelcam-client/contract";
import document from "angelcam-client/openapi.json" with { type: "json" };
import { createSandbox } from "angelcam-client/sandbox";
import type { components, operations, paths } from "angelcam-client/schema";
import { verifyWebhook, WebhookError } from "angelcam-client/webhooks";

type Camera = components["schemas"]["Camera"];

const watched = withContract(createSandbox().fetch, { mode: "report" });
const store: TokenStore = { read: async () => undefined, write: async () => {} };
const session = new OAuthSession({ clientId: "id", grant: passwordGrant({ username: "a", password: "b" }), store });
const angelcam = new Angelcam({ auth: session, quota: new Quota({ maxWait: 1_000 }), fetch: watched });

export async function names(): Promise<string[]> {
  const page: Page<Camera> = await angelcam.cameras.list({ limit: 5 });
  const found = page.results.map((camera) => camera.name);
  for await (const { name } of angelcam.cameras.list()) found.push(name);
  const { data } = await angelcam.api.GET("/v1/cameras/{camera_id}/", { params: { path: { camera_id: 20311 } } });
  return data ? [...found, data.name] : found;
}

export async function show(cameraId: number, recordingId: string): Promise<string> {
  await using stream = await liveStream(angelcam, cameraId, { format: "hls" });
  const range = { start: new Date(), end: "2026-11-24T12:00:00Z" };
  for await (const { start } of footage(angelcam, recordingId, range)) console.log(start);
  for await (const { url } of downloads(angelcam, recordingId, range)) console.log(url);
  const clip = await createClip(angelcam, cameraId, { name: "Delivery", ...range });
  return clip.download_url ?? stream.url;
}

export async function receive(request: Request): Promise<number> {
  try {
    const webhook = await verifyWebhook(request, "key");
    return webhook.kind === "cameraStatus" ? (webhook.payload.camera_id ?? 0) : 0;
  } catch (error) {
    if (error instanceof WebhookError) return 401;
    if (error instanceof BadRequestError) return Object.keys(error.fields ?? {}).length;
    if (error instanceof AngelcamError) return error.retryAt?.getTime() ?? 0;
    throw error;
  }
}

export const method: paths["/v1/me/"]["get"] = {} as operations["me.get"];
export const version: string = document.openapi;
export const covered: string = formatCoverage(watched.contract.coverage());
