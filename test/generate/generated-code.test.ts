import { cp } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generate } from "../../scripts/generate/main.ts";
import type { Parameters, RequestOptions } from "../../src/client/operation.ts";
import { removeFolder, writeFolder } from "./spec-folder.ts";

const SMALL = fileURLToPath(new URL("small", import.meta.url));
const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** What the generated client of the small spec sent, in place of a request. */
interface Sent {
  id: string;
  parameters: Parameters;
  options: RequestOptions | undefined;
}

type Method = (...values: unknown[]) => PromiseLike<unknown>;
type Resource = { [name: string]: Method & Resource };

let root: string;
let text: string;
let generated: {
  servers: Record<string, { name: string; url: string }[]>;
  secretNames: string[];
  operations: Record<string, Record<string, unknown>>;
  Resources: new (caller: unknown) => Resource;
};

beforeAll(async () => {
  const files = [...(await generate(SMALL))].map(([name, content]) => [`generated/${name}`, content]);
  root = await writeFolder(Object.fromEntries(files));
  await cp(SRC, path.join(root, "src"), { recursive: true });
  text = Object.fromEntries(files)["generated/client.ts"];
  generated = await import(pathToFileURL(path.join(root, "generated/client.ts")).href);
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

  test("gives the servers of the path where it has its own, else those of the document", () => {
    expect(generated.operations["tokens.create"]?.servers).toEqual({ production: "https://my.example.com" });
    expect(generated.operations["things.list"]?.servers).toEqual({
      production: "https://api.example.com",
      test: "https://api.test.example.com",
    });
    expect(Object.keys(generated.servers)).toEqual(["api", "my"]);
  });

  test("names the security schemes, none where no credential is taken", () => {
    expect(column("security")).toMatchObject({
      "tokens.create": [],
      "things.list": ["OAuth2", "BearerToken"],
    });
  });

  test("knows how a list is paged, and its biggest page", () => {
    expect(column("paging")).toEqual({
      ...Object.fromEntries(Object.keys(generated.operations).map((id) => [id, undefined])),
      "things.list": { kind: "offset", limit: 50 },
      "news.items.list": { kind: "next" },
    });
  });

  test("says how a body is encoded, and whether it is needed; a form wins over other encodings", () => {
    expect(generated.operations["tokens.create"]).toMatchObject({
      contentType: "application/x-www-form-urlencoded",
      bodyRequired: true,
    });
    expect(generated.operations["things.replace"]).toMatchObject({
      contentType: "application/json",
      bodyRequired: true,
    });
    expect(generated.operations["things.parts.start"]).toMatchObject({ bodyRequired: false });
    expect(generated.operations["things.get"]).toMatchObject({ contentType: undefined, bodyRequired: false });
  });

  test("tells what may be sent twice: all but POST, unless the document says otherwise", () => {
    expect(column("repeatable")).toEqual({
      "tokens.create": "refused",
      "things.list": true,
      "things.create": false,
      "things.get": true,
      "things.replace": false,
      "things.delete": true,
      "things.parts.start": true,
      "settings.get": true,
      "news.items.list": true,
    });
  });

  test("tells which answers may be empty", () => {
    const mayBeEmpty = Object.entries(column("mayBeEmpty")).filter(([, empty]) => empty);
    expect(mayBeEmpty.map(([id]) => id)).toEqual(["things.delete", "things.parts.start"]);
  });

  test("holds the bounds of numbers, with what an operation says above what its path says", () => {
    expect(generated.operations["things.list"]?.numbers).toMatchObject({
      limit: { kind: "whole number from 1 to 50", whole: true, minimum: 1, maximum: 50 },
      offset: { kind: "whole number from 0", whole: true, minimum: 0, maximum: Number.NaN },
      "x-width": { kind: "number", whole: false, minimum: Number.NaN, maximum: Number.NaN },
    });
    expect(generated.operations["things.get"]?.numbers).toMatchObject({
      thing_id: { kind: "whole number from 1", whole: true, minimum: 1 },
      width: { kind: "whole number up to 640", whole: true, maximum: 640 },
    });
    expect(generated.operations["things.delete"]?.numbers).not.toHaveProperty("thing_id");
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
      { id: "things.parts.start", parameters: { path: { thing_id: 7, part_name: "lid" } }, options: undefined },
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
      { id: "tokens.create", parameters: { path: {}, body: { name: "a", password: "b" } }, options: undefined },
    ],
  ])("%s takes path parameters, then query or body, then options", async (id, values, expected) => {
    expect(await sentBy(id, values)).toEqual([expected]);
  });

  test("of a list gives a page of it", async () => {
    const [sent] = await sentBy("things.list", [{ tags: ["a"] }, options]);
    expect(sent).toMatchObject({ id: "things.list", parameters: { query: { tags: ["a"] } }, options });
  });

  test("carries what the document says of it, for the editor to show", () => {
    expect(text).toContain(`  /**
   * Read a thing.
   *
   * \`GET /things/{thing_id}/\` · scope \`things_access\`.
   * @param thingId The id.
   * @example
   * \`\`\`ts
   * const answer = { id: 7 };
   * console.log(answer.id); /* a sample *\\/
   * \`\`\`
   */
  get(thingId: number, query: Query<"things.get">, options?: RequestOptions): Call<Thing>;`);
    expect(text).toMatch(/@deprecated Use something else\.\n +\*\/\n +delete\(/);
    expect(text).toMatch(/never sent twice\.\n[^/]+\*\/\n +replace\(/);
    expect(text).toMatch(/no token\.\n[^/]*\*\/\n +create\(/);
  });
});

function column(name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(generated.operations).map(([id, operation]) => [id, operation[name]]));
}

/** Calls a method by its id, as a user would, and tells what it would have sent. */
async function sentBy(id: string, values: unknown[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  const caller = {
    send: async (operation: { id: string }, parameters: Parameters, options: RequestOptions | undefined) => {
      sent.push({ id: operation.id, parameters, options });
      return { data: { results: [], count: 0, next: null, previous: null }, response: new Response() };
    },
  };
  const names = id.split(".");
  const verb = names.pop() ?? "";
  const resource = names.reduce(
    (parent, name) => parent[name] as Resource,
    new generated.Resources(caller) as Resource,
  );
  await resource[verb]?.(...values);
  return sent;
}
