import { verifyWebhook, WebhookError } from "angelcam-client/webhooks";
import { fastify } from "fastify";

const key = process.env.ANGELCAM_WEBHOOK_KEY ?? "";

export const app = fastify();

// The signature is of the bytes: in this scope the body is not parsed. The other routes keep their JSON.
app.register(async (scope) => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  scope.post<{ Body: Buffer }>("/angelcam/notify", async ({ headers, body }, reply) => {
    try {
      const webhook = await verifyWebhook({ headers, body }, key);
      if (webhook.kind === "cameraStatus") console.log(webhook.payload.camera_id, webhook.payload.online);
      return await reply.code(204).send();
    } catch (error) {
      if (!(error instanceof WebhookError)) throw error;
      return await reply.code(401).send();
    }
  });
});

// Start it with `await app.listen({ port: 3000 })`.
