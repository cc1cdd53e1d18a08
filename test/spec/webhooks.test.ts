import { createHash, createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { type Document, find, type Operation, type PathItem, readDocument, resolve } from "./document.ts";
import { valuesOf } from "./examples.ts";

const document = readDocument() as Document & { webhooks: Record<string, PathItem> };
const hooks = Object.entries(document.webhooks).map(([name, { post }]) => ({ name, operation: post as Operation }));

test("there is one for each kind of notification", () => {
  expect(hooks.map(({ name }) => name)).toEqual(["incident", "action", "cameraStatus", "arrowClientStatus"]);
});

describe.each(hooks)("webhook $name", ({ name, operation }) => {
  const { schema = {}, ...content } = operation.requestBody?.content["application/json"] ?? {};

  test("has a file and an operationId of its name", () => {
    expect(existsSync(new URL(`../../spec/webhooks/${name}.yaml`, import.meta.url))).toBe(true);
    expect(operation.operationId).toBe(`webhooks.${name}`);
  });

  test("is signed, and takes no token", () => {
    const [signature] = (operation.parameters ?? []).map((parameter) => resolve(document, parameter));
    expect(signature).toMatchObject({ name: "X-Angelcam-Signature", in: "header", required: true });
    expect(operation.security).toEqual([]);
  });

  test("has examples that are valid and leave no field out", () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const check = ajv.compile({ allOf: [schema], unevaluatedProperties: false, components: document.components });
    const values = valuesOf(document, content).map(([, value]) => value as object);
    for (const value of values) expect(check(value), JSON.stringify(check.errors)).toBe(true);
    const parts = [resolve(document, schema), find(document, "#/components/schemas/WebhookBase") as typeof schema];
    const fields = parts.flatMap(({ properties }) => Object.keys(properties ?? {}));
    expect(new Set(values.flatMap((value) => Object.keys(value)))).toEqual(new Set(fields));
  });

  test("has two responses: accepted, or rejected for its signature", () => {
    expect(Object.keys(operation.responses)).toEqual(["204", "401"]);
  });
});

describe("the example of the signature", () => {
  const incident = hooks[0]?.operation;
  const [[, body] = []] = valuesOf(document, incident?.requestBody?.content["application/json"] ?? {});
  const signature = resolve(document, incident?.parameters?.[0] ?? { name: "", in: "" }).example as string;
  const method = find(document, "#/components/examples/notification_method_http/value");
  const { signature_private_key: key } = method as { signature_private_key: string };
  const [header = "", payload = "", seal] = signature.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;

  test("is made with the key of the example notification method", () => {
    expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual({ alg: "HS256", typ: "JWT" });
    expect(createHmac("sha256", key).update(`${header}.${payload}`).digest("base64url")).toBe(seal);
  });

  test("belongs to the first example of an incident, for three minutes around the time of signing", () => {
    const now = claims.iat as number;
    const csm = createHash("sha256").update(JSON.stringify(body)).digest("base64");
    expect(claims).toEqual({ iat: now, nbf: now - 60, exp: now + 120, ver: 1, csm });
  });
});
