import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { testAll } from "../support/test-all.ts";
import { find, nameOf, type Operation, operationsOf, type Parameter, readDocument, resolve } from "./document.ts";

const SPEC = new URL("../../spec/", import.meta.url);
const document = readDocument();
const operations = operationsOf(document);
const oauth = operations.filter(({ path }) => path.startsWith("/oauth/"));
const playback = operations.filter(({ path }) => path.startsWith("/recording/"));
const reports = operations.filter(({ path }) => path === "/v1/events/");
const signedIn = operations.filter((place) => ![...oauth, ...playback, ...reports].includes(place));
const deprecated = operations.filter(({ operation }) => operation.deprecated);
const lists = operations.filter(({ operation }) => operation["x-pagination"] === "offset");

test("the folders of spec/paths follow the URLs, one file a path", () => {
  const { paths } = parse(readFileSync(new URL("openapi.yaml", SPEC), "utf8")) as { paths: Record<string, object> };
  for (const [path, item] of Object.entries(paths)) {
    expect(item).toEqual({ $ref: `paths${path.replace(/\/$/, "")}.yaml` });
  }
  expect(Object.keys(paths)).toEqual(Object.keys(document.paths));
});

test("production and test are named servers, production first", () => {
  expect(document.servers.map((server) => [server["x-name"], server.url])).toEqual([
    ["production", "https://api.angelcam.com"],
    ["test", "https://api.test.angelcam.com"],
  ]);
});

testAll("every operation declares 429", operations, "$name", ({ operation }) => {
  expect(Object.keys(operation.responses)).toContain("429");
});

testAll("sign-in is served by my.angelcam.com and takes no token", oauth, "$name", ({ operation, servers }) => {
  expect(servers.map((server) => [server["x-name"], server.url])).toEqual([["production", "https://my.angelcam.com"]]);
  expect(operation.security).toEqual([]);
});

testAll(
  "the controls of a playback are served by the streamer and take no token",
  playback,
  "$name",
  ({ operation, servers }) => {
    expect(servers.map((server) => [server["x-name"], server.url])).toEqual([
      ["production", "https://{streamer}.angelcam.com"],
    ]);
    expect(operation.security).toEqual([]);
  },
);

testAll(
  "the controls of a playback have no default host: their caller has to name the streamer",
  playback,
  "$name",
  ({ servers }) => {
    expect(servers.map((server) => server.variables)).toEqual([
      { streamer: { default: "streamer", "x-required": true } },
    ]);
  },
);

test("limit has a default of 100 and no maximum", () => {
  const limit = find(readDocument(), "#/components/parameters/Limit/schema");
  expect(limit).toEqual({ type: "integer", minimum: 1, default: 100 });
});

testAll("event reports take no token, because devices send them", reports, "$name", ({ operation }) => {
  expect(operation.security).toEqual([]);
});

testAll("a deprecated operation says first what to use instead", deprecated, "$name", ({ operation }) => {
  const [first = ""] = operation.description?.split(/[.:]\s/) ?? [];
  expect(first).toMatch(/^Use .+ instead/);
  const known = operations.filter((place) => !place.operation.deprecated).map((place) => place.operation.operationId);
  const named = [...first.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(known).toEqual(expect.arrayContaining(named));
});

describe("an operation with a token", () => {
  testAll("takes each of them, its scope among those that are explained", signedIn, "$name", ({ operation, path }) => {
    // Angelcam rejects personal tokens for public cameras.
    const tokens = path.startsWith("/v1/public-cameras/")
      ? [["OAuth2"], ["BearerToken"]]
      : [["OAuth2"], ["BearerToken"], ["PersonalAccessToken"]];
    expect(operation.security?.map((scheme) => Object.keys(scheme))).toEqual(tokens);
    const flows = Object.values(document.components.securitySchemes.OAuth2?.flows ?? {});
    const explained = flows.flatMap(({ scopes }) => Object.keys(scopes));
    for (const scope of operation.security?.[0]?.OAuth2 ?? []) expect(explained).toContain(scope);
  });

  testAll("lets the caller choose the space", signedIn, "$name", ({ operation }) => {
    const space = parametersOf(operation).find(({ name }) => name === "X-Space-Id");
    expect(space).toMatchObject({ in: "header" });
    expect(space?.required ?? false).toBe(false);
  });
});

testAll("a list by offset has limit and offset", lists, "$name", ({ operation }) => {
  expect(parametersOf(operation).map(({ name }) => name)).toEqual(expect.arrayContaining(["limit", "offset"]));
  const page = resolve(document, operation.responses["200"]?.content?.["application/json"]?.schema ?? {});
  expect(page.required).toEqual(["count", "next", "previous", "results"]);
});

test("a shared part of the document has the name of its file", () => {
  const folders = { schemas: "schemas", parameters: "parameters", responses: "responses", headers: "headers" };
  const references =
    JSON.stringify(document).match(/#\/components\/(schemas|parameters|responses|headers)\/\w+/g) ?? [];
  expect(references.length).toBeGreaterThan(0);
  for (const reference of new Set(references)) {
    const folder = reference.split("/")[2] as keyof typeof folders;
    expect(existsSync(new URL(`${folders[folder]}/${nameOf(reference)}.yaml`, SPEC)), reference).toBe(true);
  }
});

test("an example has a file of its own only where two places share it", () => {
  const text = readdirSync(SPEC, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => readFileSync(new URL(name, SPEC), "utf8"))
    .join("\n");
  const files = readdirSync(new URL("examples/", SPEC));
  expect(files.length).toBeGreaterThan(0);
  const uses = files.map((file) => [file, text.split(`examples/${file}\n`).length - 1] as const);
  expect(uses.filter(([, count]) => count < 2)).toEqual([]);
});

function parametersOf(operation: Operation): Parameter[] {
  return (operation.parameters ?? []).map((parameter) => resolve(document, parameter));
}
