import { expectTypeOf, test } from "vitest";
import type { WebhookIncident, webhooks } from "../../generated/schema.ts";

test("the types know the body of a webhook", () => {
  type Post = webhooks["incident"]["post"];
  expectTypeOf<Post["requestBody"]["content"]["application/json"]>().toEqualTypeOf<WebhookIncident>();
  expectTypeOf<Post["parameters"]["header"]["X-Angelcam-Signature"]>().toEqualTypeOf<string>();
  expectTypeOf<WebhookIncident["incident_false_alarm"]>().toEqualTypeOf<boolean | null | undefined>();
});
