import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { redoclyLint } from "../../scripts/shared/gates/redocly-lint.ts";
import { findingsOfSpectral, spectral } from "../../scripts/shared/gates/spectral.ts";
import { type Copy, copyRepository, ROOT } from "./copy.ts";

interface Document {
  components: { securitySchemes: Record<string, object>; schemas: Record<string, Record<string, unknown>> };
  paths: Record<string, { get: Record<string, unknown> & { responses: Record<string, unknown> } }>;
  servers: { url: string }[];
}

const DOCUMENT = "generated/openapi.json";
const PATIENCE = 240_000;

let copy: Copy;

beforeAll(async () => {
  copy = await copyRepository();
});

afterAll(() => copy[Symbol.asyncDispose]());

test.each([redoclyLint, spectral])("$name passes", { timeout: PATIENCE }, async ({ check }) => {
  const { examined, faults } = await check(ROOT);
  expect(faults).toEqual([]);
  expect(examined).toBeGreaterThan(50);
});

test("redocly recommended-strict fails for a path without its slash", { timeout: PATIENCE }, async () => {
  await using copy = await copyRepository();
  await copy.change("spec/openapi.yaml", "  /v1/me/:", "  /v1/me:");
  const { faults } = await redoclyLint.check(copy.root);
  expect(faults).toContainEqual(expect.stringMatching(/^spec\/openapi\.yaml:\d+ rule\/path-ends-in-slash: /));
});

test("spectral finds faults by both of its rulesets, and names rule and file", { timeout: PATIENCE }, async () => {
  await copy.edit<Document>(DOCUMENT, (document) => {
    // OWASP: a request in the clear, credentials in an address, an operation without security, a missing 429 and 401.
    document.servers[0] = { url: "http://api.angelcam.com" };
    document.components.securitySchemes.Key = { type: "apiKey", in: "query", name: "token" };
    const me = document.paths["/v1/me/"]?.get;
    if (me) me.security = [];
    delete me?.responses["429"];
    delete me?.responses["401"];
    // spectral:oas: an example that breaks its schema, an unused schema, an id that is there twice.
    document.components.schemas.Forgotten = { type: "integer", example: "many" };
    const cameras = document.paths["/v1/cameras/"]?.get;
    if (cameras) cameras.operationId = "me.get";
  });
  const { faults } = await spectral.check(copy.root);
  for (const [rule, place] of [
    ["owasp:api8:2023-no-server-http", "spec/openapi.yaml"],
    ["owasp:api2:2023-no-api-keys-in-url", "spec/openapi.yaml"],
    ["owasp:api2:2023-read-restricted", "spec/paths/v1/me.yaml"],
    ["owasp:api4:2023-rate-limit-responses-429", "spec/paths/v1/me.yaml"],
    ["owasp:api8:2023-define-error-responses-401", "spec/paths/v1/me.yaml"],
    ["oas3-valid-schema-example", "spec/openapi.yaml"],
    ["oas3-unused-component", "spec/openapi.yaml"],
    ["operation-operationId-unique", "spec/paths/v1/cameras.yaml"],
  ]) {
    expect(faults).toContainEqual(expect.stringMatching(new RegExp(`^${place}:\\d+ .*${rule}:`)));
  }
});

test("every exception of .spectral.yaml is still needed: without it, there is a finding", {
  timeout: PATIENCE,
}, async () => {
  const text = await readFile(path.join(ROOT, ".spectral.yaml"), "utf8");
  const exceptions = [...text.matchAll(/^ +([a-z][\w:-]+): off$/gm)].map(([, rule]) => rule);
  expect(exceptions.length).toBeGreaterThan(5);
  await copy.write(DOCUMENT, await readFile(path.join(ROOT, DOCUMENT), "utf8"));
  await copy.write("everything.yaml", text.slice(0, text.indexOf("\nrules:")));
  const found = new Set((await findingsOfSpectral(copy.root, "everything.yaml")).map(({ code }) => code));
  expect(exceptions.filter((rule) => !found.has(rule ?? ""))).toEqual([]);
});
