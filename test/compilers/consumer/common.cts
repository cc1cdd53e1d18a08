// A program on every entry that is CommonJS.
import { Angelcam, AngelcamError, type Camera, personalAccessToken, TimeoutError } from "angelcam-client";
import { formatCoverage, withContract } from "angelcam-client/contract";
import { fileTokenStore } from "angelcam-client/node";
import { redisTokenStore } from "angelcam-client/redis";
import { createSandbox } from "angelcam-client/sandbox";
import type { paths } from "angelcam-client/schema";
import { verifyWebhook, WebhookError } from "angelcam-client/webhooks";

const sandbox = createSandbox();
const angelcam = new Angelcam({
  auth: personalAccessToken(sandbox.tokens.personalAccessToken()),
  fetch: sandbox.fetch,
});

export async function first(): Promise<Camera | undefined> {
  return (await angelcam.cameras.list({ limit: 1 })).results[0];
}

export const method: keyof paths["/v1/me/"] = "get";
export const isOurs: boolean = WebhookError.prototype instanceof AngelcamError;
export const used = [TimeoutError, formatCoverage, withContract, fileTokenStore, redisTokenStore, verifyWebhook];
