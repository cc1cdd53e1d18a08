import { readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Operation } from "../../generated/operations.ts";
import { generate } from "../../scripts/generate/main.ts";
import type { CallOptions, Parameters } from "../../src/transport/call.ts";
import { removeFolder, writeFolder } from "./spec-folder.ts";

const SMALL = fileURLToPath(new URL("small", import.meta.url));
const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** The arguments that the generated client of the small spec would send. */
interface Sent {
  id: string;
  parameters: Parameters;
  options: CallOptions;
}

type Method = (...values: unknown[]) => PromiseLike<unknown>;
type Resource = { [name: string]: Method & Resource };

let root: string;
let text: string;
let generated: {
  secretNames: string[];
  operations: Record<string, Operation>;
};
let Resources: new (sender: () => unknown) => Resource;

beforeAll(async () => {
  const files = [...(await generate(SMALL))].map(([name, content]) => [`generated/${name}`, content]);
  root = await writeFolder(Object.fromEntries(files));
  await cp(SRC, path.join(root, "src"), { recursive: true });
  text = Object.fromEntries(files)["generated/client.ts"];
  generated = await import(pathToFileURL(path.join(root, "generated/operations.ts")).href);
  const { createResourcesClass } = await import(pathToFileURL(path.join(root, "src/client/resources.ts")).href);
  Resources = createResourcesClass();
});

afterAll(() => removeFolder(root));

describe("the operation table", () => {
  test("holds every operation of the document, under its id", () => {
    const ids = Object.keys(generated.operations);
    expect(ids.toSorted()).toEqual([
      "news.items.list",
      "settings.get",
      "things.create",
      "things.delete",
      "things.get",
      "things.list",
      "things.parts.start",
      "things.replace",
      "tokens.create",
    ]);
    expect(Object.values(generated.operations).map(({ id }) => id)).toEqual(ids);
  });

  test("knows method and path", () => {
    expect(generated.operations["things.parts.start"]).toMatchObject({
      method: "POST",
      path: "/things/{thing_id}/parts/{part_name}/start/",
    });
  });

  test("has the servers of the path where there are any, else those of the document", () => {
    expect(generated.operations["tokens.create"]?.servers).toEqual({ production: "https://my.example.com" });
    expect(generated.operations["things.list"]?.servers).toEqual({
      production: "https://api.example.com",
      test: "https://api.test.example.com",
    });
  });

  test("names the security schemes, none where no credential is taken", () => {
    expect(column("security")).toMatchObject({
      "tokens.create": [],
      "things.list": ["OAuth2", "BearerToken"],
    });
  });

  test("knows how a list is split into pages, and how many items a page has", () => {
    expect(column("pagination")).toEqual({
      ...Object.fromEntries(Object.keys(generated.operations).map((id) => [id, undefined])),
      "things.list": { type: "offset", pageSize: 50 },
      "news.items.list": { type: "next" },
    });
  });

  test("says how a body is encoded, whether it is required, and its fields; a form wins over other encodings", () => {
    expect(column("body")).toMatchObject({
      "tokens.create": {
        contentType: "application/x-www-form-urlencoded",
        required: true,
        fields: ["name", "password"],
      },
      "things.replace": { contentType: "application/json", required: true },
      "things.parts.start": { required: false, fields: ["speed"] },
      "things.get": undefined,
    });
  });

  test("marks what the retry policy does not know: a POST that may be retried, anything else that may not", () => {
    expect(column("retry")).toEqual({
      ...Object.fromEntries(Object.keys(generated.operations).map((id) => [id, undefined])),
      "tokens.create": "if_rejected",
      "things.replace": "never",
      "things.parts.start": "always",
    });
  });

  test("holds the type of a success response", () => {
    expect(column("response")).toMatchObject({
      "things.list": "object",
      "things.delete": "empty",
      "things.parts.start": "object",
    });
    const mayBeEmpty = Object.entries(column("mayBeEmpty")).filter(([, empty]) => empty);
    expect(mayBeEmpty.map(([id]) => id)).toEqual(["things.parts.start"]);
  });

  test("has a rule for each parameter; a parameter of an operation overrides that of its path", () => {
    expect(generated.operations["things.list"]?.query).toMatchObject({
      limit: { type: "integer", minimum: 1, maximum: 50 },
      offset: { type: "integer", minimum: 0 },
      "x-width": { type: "number" },
      since: { type: "date-time" },
      tags: { type: "string" },
    });
    expect(generated.operations["things.get"]).toMatchObject({
      pathParameters: { thing_id: { type: "integer", minimum: 1 } },
      query: { width: { type: "integer", maximum: 640 } },
    });
    expect(generated.operations["things.delete"]?.pathParameters).toEqual({ thing_id: { type: "string" } });
  });
});

test("the fields of format password are known as secret", () => {
  expect(generated.secretNames).toEqual(["access_token", "password"]);
});

describe("a method", () => {
  const options = { timeout: 5 };

  test.each<[string, unknown[], Sent]>([
    ["settings.get", [options], { id: "settings.get", parameters: { path: {} }, options }],
    [
      "things.get",
      [7, { width: 64 }, options],
      { id: "things.get", parameters: { path: { thing_id: 7 }, query: { width: 64 } }, options },
    ],
    [
      "things.replace",
      ["7", { id: 7 }, options],
      { id: "things.replace", parameters: { path: { thing_id: "7" }, body: { id: 7 } }, options },
    ],
    ["things.delete", ["7", options], { id: "things.delete", parameters: { path: { thing_id: "7" } }, options }],
    [
      "things.parts.start",
      [7, "lid"],
      { id: "things.parts.start", parameters: { path: { thing_id: 7, part_name: "lid" } }, options: {} },
    ],
    [
      "things.parts.start",
      [7, "lid", { speed: 2 }, options],
      {
        id: "things.parts.start",
        parameters: { path: { thing_id: 7, part_name: "lid" }, body: { speed: 2 } },
        options,
      },
    ],
    [
      "tokens.create",
      [{ name: "a", password: "b" }],
      { id: "tokens.create", parameters: { path: {}, body: { name: "a", password: "b" } }, options: {} },
    ],
  ])("%s takes path parameters, then query or body, then options", async (id, values, expected) => {
    expect(await sentBy(id, values)).toEqual([expected]);
  });

  test("of a list returns a page of it", async () => {
    const [sent] = await sentBy("things.list", [{ tags: ["a"] }, options]);
    expect(sent).toMatchObject({ id: "things.list", parameters: { query: { tags: ["a"] } }, options });
  });

  test("has a doc comment from the document, for the editor to show", () => {
    expect(text).toContain(`  /**
   * Read a thing.
   *
   * \`GET /things/{thing_id}/\` · scope \`things_access\`.
   * @param thingId The id.
   * @example
   * \`\`\`ts
   * const thing = { id: 7 };
   * console.log(thing.id); /* a sample *\\/
   * \`\`\`
   */
  get(thingId: number, query: QueryOf<"things.get">, options?: RequestOptions): ApiPromise<Thing>;`);
    expect(text).toMatch(/@deprecated Use something else\.\n +\*\/\n +delete\(/);
    expect(text).toMatch(/never retried\.\n[^/]+\*\/\n +replace\(/);
    expect(text).toMatch(/no token · retried after 429 and 503 only\.\n[^/]*\*\/\n +create\(/);
    const client = readFileSync(new URL("../../generated/client.ts", import.meta.url), "utf8");
    expect(client).toMatch(/`POST \/v1\/cameras\/` · scope `camera_create` · not retried by default\./);
  });
});

function column(name: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(generated.operations).map(([id, operation]) => [id, operation[name as keyof Operation]]),
  );
}

/** Calls a method by its id, as a user would, and returns the arguments that it would have sent. */
async function sentBy(id: string, values: unknown[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  const caller = {
    send: async (operation: { id: string }, parameters: Parameters, options: CallOptions) => {
      sent.push({ id: operation.id, parameters, options });
      return { data: { results: [], count: 0, next: null, previous: null }, response: new Response() };
    },
  };
  const names = id.split(".");
  const verb = names.pop() ?? "";
  const resource = names.reduce((parent, name) => parent[name] as Resource, new Resources(() => caller) as Resource);
  await resource[verb]?.(...values);
  return sent;
}
