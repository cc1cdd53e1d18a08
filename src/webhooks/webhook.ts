import type { components, webhooks } from "../../generated/schema.ts";

/** The kinds of webhooks, as the spec names them. */
export type WebhookKind = keyof webhooks;

/** The payload of a webhook of a kind. It is not documented which fields are always there, so each may be missing. */
export type WebhookPayload<Kind extends WebhookKind> =
  webhooks[Kind]["post"]["requestBody"]["content"]["application/json"];

/** A webhook that Angelcam has signed. `kind` says what it is about, by the fields that are there. */
export type Webhook =
  | { [Kind in WebhookKind]: WebhookOf<Kind, WebhookPayload<Kind>> }[WebhookKind]
  | WebhookOf<"unknown", components["schemas"]["WebhookBase"]>;

interface WebhookOf<Kind, Payload> {
  /**
   * The SHA-256 of the body as 64 hexadecimal digits. A webhook that is delivered again has the same id, also when it was
   * signed again: keep the ids of the last minutes to process each once. Two events with the same text have the same id
   * too; where both count, compare `signedAt` as well.
   */
  readonly id: string;
  /** The kind of the event; `unknown` when it has no field of a known kind. */
  readonly kind: Kind;
  /** The body. It comes from Angelcam, but its fields have not been checked. */
  readonly payload: Payload;
  /** When Angelcam signed it, UTC ISO. */
  readonly signedAt: string;
}

/** The fields that only one kind has. */
const FIELDS: { readonly [Kind in WebhookKind]: readonly (keyof WebhookPayload<Kind>)[] } = {
  incident: ["incident_id", "incident_category", "incident_false_alarm", "sensor_name"],
  action: ["action", "invoker"],
  cameraStatus: ["camera_id", "camera_name"],
  arrowClientStatus: ["arrow_client_id", "angelbox_id", "mac_address", "affected_cameras"],
};

/** No field says which kind a webhook is, so it goes by the fields that are there, see spec/guides/webhooks.md. */
export function toWebhook(payload: object, id: string, signedAt: string): Webhook {
  const known = Object.entries(FIELDS).find(([, fields]) => fields.some((field) => Object.hasOwn(payload, field)));
  return { id, kind: known?.[0] ?? "unknown", payload, signedAt } as Webhook;
}
