// A program on the entries that use Node.
import { createServer } from "node:http";
import { OAuthSession, refreshTokenGrant } from "angelcam-client";
import { fileTokenStore } from "angelcam-client/node";
import { redisQuota, redisTokenStore } from "angelcam-client/redis";
import { createSandbox, type SandboxListener } from "angelcam-client/sandbox";

export { createContract } from "angelcam-client/contract";
export { verifyWebhook } from "angelcam-client/webhooks";

export const fromFile = new OAuthSession({
  clientId: "id",
  grant: refreshTokenGrant({ refreshToken: "token" }),
  store: fileTokenStore("tokens.json", { lockTimeout: 5_000 }),
});

export const shared = { redisQuota, redisTokenStore };

export async function serve(): Promise<string> {
  await using listener: SandboxListener = await createSandbox({ cameras: 3 }).listen({ port: 0 });
  createServer().close();
  return listener.origin;
}
