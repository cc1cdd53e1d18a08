import { verifyWebhook, WebhookError } from "angelcam-client/webhooks";
import express from "express";

const key = process.env.ANGELCAM_WEBHOOK_KEY ?? "";

export const app = express();

// The signature is of the bytes: no `express.json()` may come before this route.
app.post("/angelcam/notify", express.raw({ type: "*/*" }), async (request, response) => {
  try {
    const webhook = await verifyWebhook({ headers: request.headers, body: request.body }, key);
    if (webhook.kind === "cameraStatus") console.log(webhook.payload.camera_id, webhook.payload.online);
    response.sendStatus(204);
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    response.sendStatus(401);
  }
});
