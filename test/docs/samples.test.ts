import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, inject, test } from "vitest";
import { withCodeSamples } from "../../scripts/docs/content/code-samples.ts";
import type { Document } from "../../scripts/generate/document.ts";
import { curl } from "../../scripts/shared/curl.ts";
import {
  operationsOf,
  type PlacedOperation,
  type SampleRequest,
  sampleRequest,
} from "../../scripts/shared/sample-request.ts";
import { readDocument } from "../spec/document.ts";
import { testAll } from "../support/test-all.ts";

const document = readDocument() as unknown as Document;
const operations = operationsOf(document);
const SAMPLES = path.resolve(import.meta.dirname, "../../spec/samples");
const run = promisify(execFile);

const GET: SampleRequest = {
  method: "GET",
  url: "https://api.test/v1/me/",
  headers: {},
  redirects: false,
  returnsJson: true,
};

/** What the shell hands to curl when somebody pastes the command. */
async function wordsOf(command: string, environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const { stdout } = await run("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${command}`], { env: environment });
  return stdout.split("\0").slice(0, -1);
}

/** The same for many commands, with one shell for all of them. */
async function wordsOfEach(commands: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string[][]> {
  const script = `curl() { printf '%s\\0' "$@"; printf '\\001'; }\n${commands.join("\n")}`;
  const { stdout } = await run("sh", ["-c", script], { env: environment });
  return stdout
    .split("\u0001")
    .slice(0, -1)
    .map((words) => words.split("\0").slice(0, -1));
}

/** Sends what a sample says: by curl itself where there is one. */
async function statusOf(command: string): Promise<number> {
  const ACCESS_TOKEN = "1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ";
  const hasCurl = await run("sh", ["-c", "command -v curl"]).catch(() => undefined);
  if (!hasCurl) return statusWithoutCurl(await wordsOf(command, { ACCESS_TOKEN }));
  const quiet = "curl --silent --show-error --output /dev/null --write-out '%{http_code}' ";
  const env = { ...process.env, ACCESS_TOKEN };
  const { stdout } = await run("sh", ["-c", command.replace(/^curl /, quiet)], { env });
  return Number(stdout);
}

async function statusWithoutCurl([url = "", ...words]: string[]): Promise<number> {
  const after = (option: string) => words.filter((_, index) => words[index - 1] === option);
  const pairs = (option: string, mark: string) =>
    after(option).map((pair) => [pair.slice(0, pair.indexOf(mark)), pair.slice(pair.indexOf(mark) + mark.length)]);
  const [json] = after("--json");
  const form = pairs("--data-urlencode", "=");
  const body = json ?? (form.length > 0 ? new URLSearchParams(form) : undefined);
  const headers = new Headers([...pairs("--header", ": "), ...(json ? [["Content-Type", "application/json"]] : [])] as [
    string,
    string,
  ][]);
  const method = after("--request")[0] ?? (body === undefined ? "GET" : "POST");
  return (await fetch(url, { method, headers, redirect: "manual", ...(body === undefined ? {} : { body }) })).status;
}

function onMock(place: PlacedOperation): PlacedOperation {
  return { ...place, servers: [{ url: inject("prismOrigin") }] };
}

testAll("the curl sample of each operation is a request that the mock accepts", operations, "$id", async (place) => {
  const status = await statusOf(curl(sampleRequest(document, onMock(place))));
  const accepted = Object.keys(place.operation.responses ?? {}).filter((code) => /^[23]/.test(code));
  expect(accepted).toContain(String(status));
});

/** Where there is no curl this stands in for it, so a few are enough to see that it may. */
const some = operations.filter(({ operation }, index) => operation.requestBody !== undefined || index % 10 === 0);

testAll("curl samples say the same without curl", some, "$id", async (place) => {
  const words = await wordsOf(curl(sampleRequest(document, onMock(place))), { ACCESS_TOKEN: "x" });
  const accepted = Object.keys(place.operation.responses ?? {}).filter((code) => /^[23]/.test(code));
  expect(accepted).toContain(String(await statusWithoutCurl(words)));
});

test("every curl sample goes to the server of its operation", async () => {
  const words = await wordsOfEach(operations.map((place) => curl(sampleRequest(document, place))));
  expect(words).toHaveLength(operations.length);
  for (const [index, { id, servers }] of operations.entries()) {
    const [server] = servers;
    const named = server?.url.replace(/\{(\w+)\}/g, (_, name: string) => server.variables?.[name]?.default ?? "");
    expect(new URL(words[index]?.[0] ?? "").origin, id).toBe(named);
  }
});

test("every curl sample that needs a token sends the token of the reader", async () => {
  const signedIn = operations.filter(({ operation }) => operation.security?.length !== 0);
  const commands = signedIn.map((place) => curl(sampleRequest(document, place)));
  const words = await wordsOfEach(commands, { ACCESS_TOKEN: "my own token" });
  expect(signedIn.length).toBeGreaterThan(100);
  for (const [index, { id }] of signedIn.entries()) {
    expect(words[index], id).toContain("Authorization: Bearer my own token");
  }
});

test("the samples of the quick start are the commands of the quick start", () => {
  const command = (id: string) => {
    const place = operations.find((known) => known.id === id);
    return place && curl(sampleRequest(document, place));
  };
  expect(command("oauth.createToken")).toBe(`curl https://my.angelcam.com/oauth/token/ \\
  --data-urlencode "grant_type=password" \\
  --data-urlencode "client_id=DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo" \\
  --data-urlencode "username=user@example.com" \\
  --data-urlencode "password=secret"`);
  expect(command("cameras.list")).toBe(`curl "https://api.angelcam.com/v1/cameras/?limit=5" \\
  --header "Authorization: Bearer $ACCESS_TOKEN"`);
});

test("every operation has all three samples, TypeScript first", async () => {
  const copy = await withCodeSamples(document, SAMPLES);
  for (const { operation } of operationsOf(copy)) {
    expect(operation).toMatchObject({
      "x-codeSamples": [
        { label: "TypeScript", source: expect.stringContaining('from "angelcam-client"') },
        { label: "curl", source: expect.stringMatching(/^curl /) },
        { label: "Python", source: expect.stringContaining("import") },
      ],
    });
  }
});

test("the document itself gets no samples: they are for the docs alone", async () => {
  const before = JSON.stringify(document);
  await withCodeSamples(document, SAMPLES);
  expect(JSON.stringify(document)).toBe(before);
});

test("no sample is left over from an operation that is gone", () => {
  const ids = operations.map(({ id }) => `${id}.ts`);
  expect(ids.toSorted()).toEqual(readdirSync(SAMPLES).toSorted());
});

test("a missing TypeScript sample is named, with the file to write", async () => {
  await expect(withCodeSamples(document, "/nowhere")).rejects.toThrow(
    "oauth.createToken has no TypeScript sample: write /nowhere/oauth.createToken.ts",
  );
});

describe("the curl command", () => {
  test.each(['"', "'", "$HOME", "`id`", "\\", "!", "a b", "ü", "&", "%"])(
    "keeps %s in a form as it is",
    async (text) => {
      const words = await wordsOf(curl({ ...GET, method: "POST", form: { password: `x${text}y` } }));
      expect(words).toEqual([GET.url, "--data-urlencode", `password=x${text}y`]);
    },
  );

  test("keeps JSON as it is", async () => {
    const json = { name: 'It\'s the "front" door', tags: ["$5", "`"] };
    const words = await wordsOf(curl({ ...GET, method: "POST", json }));
    expect(words.slice(0, 2)).toEqual([GET.url, "--json"]);
    expect(JSON.parse(words[2] ?? "")).toEqual(json);
  });

  test.each([
    ["GET", undefined, []],
    ["DELETE", undefined, ["--request", "DELETE"]],
    ["POST", undefined, ["--request", "POST"]],
    ["POST", { name: "x" }, []],
    ["PUT", { name: "x" }, ["--request", "PUT"]],
  ])("names the method %s with body %o only where curl would not guess it", async (method, json, expected) => {
    const words = await wordsOf(curl({ ...GET, method, ...(json ? { json } : {}) }));
    expect(words.slice(1, 1 + expected.length)).toEqual(expected);
    expect(words.includes("--request")).toBe(expected.length > 0);
  });
});

describe("a request that the document shows", () => {
  const small = (operation: object, rest: object = {}): PlacedOperation => ({
    ...rest,
    id: "things.get",
    method: "GET",
    path: "/v1/things/{id}/",
    servers: [{ url: "https://api.test" }],
    operation: { security: [], responses: { "200": {} }, ...operation },
  });
  const empty: Document = { openapi: "3.1.0", info: { title: "Small", version: "1" } };
  const id = { name: "id", in: "path", required: true, example: 7 };

  test("has what is required and leaves out what is not", () => {
    const place = small({
      parameters: [
        id,
        { name: "start", in: "query", required: true, example: "2026-11-24T00:00:00Z" },
        { name: "ids", in: "query", required: true, example: [1, 2] },
        { name: "colour", in: "query", example: "red" },
        { name: "X-Thing", in: "header", required: true, example: 3 },
      ],
    });
    expect(sampleRequest(empty, place)).toMatchObject({
      url: "https://api.test/v1/things/7/?start=2026-11-24T00%3A00%3A00Z&ids=1,2",
      headers: { "X-Thing": "3" },
    });
  });

  test("names a parameter that has no example", () => {
    const place = small({ parameters: [{ ...id, example: undefined }] });
    expect(() => sampleRequest(empty, place)).toThrow("things.get id: it has no example, and a sample needs one");
  });

  test("names a body that has no example", () => {
    const place = small({ parameters: [id], requestBody: { content: { "application/json": {} } } });
    expect(() => sampleRequest(empty, place)).toThrow("things.get body: it has no example, and a sample needs one");
  });

  test("names a way of signing in that no sample can be written for", () => {
    const place = small({ parameters: [id], security: [{ Cookie: [] }] });
    const withCookie = { ...empty, components: { securitySchemes: { Cookie: { type: "apiKey", in: "cookie" } } } };
    expect(() => sampleRequest(withCookie, place)).toThrow(
      "things.get: no sample can be written for the security scheme Cookie",
    );
  });
});
