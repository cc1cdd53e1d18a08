import { verifyWebhook, WebhookError } from "angelcam-client/webhooks";
import { Hono } from "hono";

const key = process.env.ANGELCAM_WEBHOOK_KEY ?? "";

export const app = new Hono();

// `request.raw` is a web Request, whose body has not been read: no body parser may come before.
app.post("/angelcam/notify", async ({ req: request, body }) => {
  try {
    const webhook = await verifyWebhook(request.raw, key);
    if (webhook.kind === "cameraStatus") console.log(webhook.payload.camera_id, webhook.payload.online);
    return body(null, 204);
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    return body(null, 401);
  }
});
