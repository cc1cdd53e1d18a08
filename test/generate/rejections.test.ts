import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Document } from "../../scripts/generate/document.ts";
import { GenerationError } from "../../scripts/generate/generation-error.ts";
import { generate, generateFrom } from "../../scripts/generate/main.ts";
import { runTool } from "../../scripts/shared/gates/run-tool.ts";
import { type Files, LINT_RULES, placeOfFault, removeFolder, smallSpec, writeFolder } from "./spec-folder.ts";

const OK = `responses:
    "200":
      description: Fine.
      content:
        application/json:
          schema:
            type: object
            properties:
              results:
                type: array
                items:
                  type: string`;

/** The name of a fault, the paths of a spec with it, and the expected message beside the location. */
type Rejection = readonly [string, Files, RegExp];

/** What the generator finds in a document that can be bundled. */
const rejections: readonly Rejection[] = [
  [
    "an operation without an operationId",
    { "/things/": `get: # at fault\n  summary: List\n  ${OK}\n` },
    /GET \/things\/: it has no operationId/,
  ],
  [
    "an operationId that is not a dotted name",
    { "/things/": `get: # at fault\n  operationId: list_things\n  summary: List\n  ${OK}\n` },
    /"list_things" is not a dotted method name/,
  ],
  [
    "two operations with one method name",
    {
      "/things/": `get:\n  operationId: things.list\n  summary: List\n  ${OK}\n`,
      "/others/": `get: # at fault\n  operationId: things.list\n  summary: List\n  ${OK}\n`,
    },
    /"things\.list" is taken by GET \/things\//,
  ],
  [
    "a name that is a method and a resource at once",
    {
      "/things/": `get:\n  operationId: things.parts\n  summary: List\n  ${OK}\n`,
      "/parts/": `get: # at fault\n  operationId: things.parts.list\n  summary: List\n  ${OK}\n`,
    },
    /"things\.parts\.list" needs a resource "things\.parts", but that is already a method/,
  ],
  [
    "a resource that would hide a part of the client",
    { "/things/": `get: # at fault\n  operationId: quota.list\n  summary: List\n  ${OK}\n` },
    /would hide "quota"/,
  ],
  [
    "a method that would make its resource look like a promise",
    { "/things/": `get: # at fault\n  operationId: things.then\n  summary: List\n  ${OK}\n` },
    /would hide "then"/,
  ],
  [
    "a paging kind that is unknown",
    { "/things/": `get: # at fault\n  operationId: things.list\n  summary: List\n  x-pagination: cursor\n  ${OK}\n` },
    /paging kind "cursor" is unknown: use offset or next/,
  ],
  [
    "offset pages without limit and offset",
    { "/things/": `get: # at fault\n  operationId: things.list\n  summary: List\n  x-pagination: offset\n  ${OK}\n` },
    /needs the query parameters limit and offset/,
  ],
  [
    "a paged response without results",
    {
      "/things/": `get: # at fault\n  operationId: things.list\n  summary: List\n  x-pagination: next\n  ${OK.replace("results", "items")}\n`,
    },
    /its response has no list of results/,
  ],
  [
    "an x-retry that is unknown",
    { "/things/": `post: # at fault\n  operationId: things.create\n  summary: Add\n  x-retry: maybe\n  ${OK}\n` },
    /x-retry "maybe" is unknown/,
  ],
  [
    "a body that cannot be encoded",
    {
      "/things/": `post: # at fault
  operationId: things.create
  summary: Add
  requestBody:
    content:
      application/xml:
        schema:
          type: string
  ${OK}
`,
    },
    /a body of type application\/xml cannot be encoded/,
  ],
  [
    "a response that is not JSON",
    {
      "/things/": `get: # at fault\n  operationId: things.list\n  summary: List\n  ${OK.replace("application/json", "text/csv")}\n`,
    },
    /response 200 is not application\/json/,
  ],
  [
    "an operation without a success response",
    {
      "/things/": `get: # at fault\n  operationId: things.list\n  summary: List\n  ${OK.replace('"200"', '"404"')}\n`,
    },
    /no success response is described/,
  ],
  [
    "PATCH, which the client does not support",
    { "/things/": `patch: # at fault\n  operationId: things.update\n  summary: Change\n  ${OK}\n` },
    /the client has no way to call PATCH/,
  ],
  [
    "a path that does not end in a slash",
    { "/things": `get: # at fault\n  operationId: things.list\n  summary: List\n  ${OK}\n` },
    /GET \/things: its path does not end in a slash/,
  ],
  [
    "a path parameter that is not described",
    { "/things/{thing_id}/": `get: # at fault\n  operationId: things.get\n  summary: Read\n  ${OK}\n` },
    /the path names \{thing_id\}, but no path parameter of that name is described/,
  ],
  [
    "a path parameter that cannot be an argument",
    {
      "/things/{options}/": `get: # at fault
  operationId: things.get
  summary: Read
  parameters:
    - name: options
      in: path
      required: true
      schema:
        type: string
  ${OK}
`,
    },
    /path parameter \{options\} cannot be an argument/,
  ],
  [
    "a list in the query that is not joined with commas",
    {
      "/things/": `get: # at fault
  operationId: things.list
  summary: List
  parameters:
    - name: ids
      in: query
      explode: true
      schema:
        type: array
        items:
          type: integer
  ${OK}
`,
    },
    /query parameter ids is a list: describe it as style form, explode false/,
  ],
  [
    "query parameters beside a body",
    {
      "/things/": `post: # at fault
  operationId: things.create
  summary: Add
  parameters:
    - name: quick
      in: query
      schema:
        type: string
  requestBody:
    content:
      application/json:
        schema:
          type: object
  ${OK}
`,
    },
    /both query parameters and a body/,
  ],
  [
    "a server without a name",
    {
      "/things/": `servers:\n  - url: https://other.example.com\nget: # at fault\n  operationId: things.list\n  summary: List\n  ${OK}\n`,
    },
    /server https:\/\/other\.example\.com has no x-name/,
  ],
];

/** What the linter or the bundler finds. */
const findings: readonly Rejection[] = [
  [
    "a $ref that leads nowhere",
    {
      "/things/": `get:
  operationId: things.list
  summary: List
  responses:
    "200":
      $ref: ../responses/Missing.yaml # at fault
`,
    },
    /no-unresolved-refs|Can't resolve \$ref/,
  ],
  [
    "YAML that cannot be read",
    { "/things/": "get:\n  operationId: [things.list\n  summary: : List # at fault\n" },
    /Failed to parse/,
  ],
  ["a finding of the linter", { "/things/": `get: # at fault\n  operationId: things.list\n  ${OK}\n` }, /`summary`/],
];

/** Each of them in a folder of its own, bundled by one process: a start of it costs more than the generator. */
const specs = new Map<string, { root: string; files: Files; document: Document }>();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "angelcam-rejections-"));
  const places = rejections.map(([name, paths], index) => ({ name, root: `${index}`, files: smallSpec(paths) }));
  for (const { root, files } of places) await writeFolder(files, path.join(folder, root));
  const apis = places.map(({ root }) => `  "${root}": { root: ${root}/spec/openapi.yaml, output: ${root}.json }\n`);
  await writeFile(path.join(folder, "redocly.yaml"), `${LINT_RULES}apis:\n${apis.join("")}`);
  // The linter is content with all of them, as `generate` wants it to be first.
  for (const { code, stdout, stderr } of await Promise.all([
    runTool("redocly", ["lint"], folder),
    runTool("redocly", ["bundle"], folder),
  ])) {
    expect(code, stdout + stderr).toBe(0);
  }
  for (const { name, root, files } of places) {
    const document = JSON.parse(await readFile(path.join(folder, `${root}.json`), "utf8")) as Document;
    specs.set(name, { root: path.join(folder, root), files, document });
  }
});

afterAll(() => removeFolder(folder));

test.each(rejections)("rejects %s, and names file and line", async (name, _, explanation) => {
  const { root, files, document } = specs.get(name) ?? expect.unreachable();
  await expectRejection(generateFrom(document, root), files, explanation);
});

test.each(findings)("rejects %s, and names file and line", async (_, paths, explanation) => {
  const files = smallSpec(paths);
  const root = await writeFolder(files);
  onTestFinished(() => removeFolder(root));
  await expectRejection(generate(root), files, explanation);
});

test("rejects the same when it bundles by itself", async () => {
  const [[, paths, explanation] = expect.unreachable()] = rejections;
  const files = smallSpec(paths);
  const root = await writeFolder(files);
  onTestFinished(() => removeFolder(root));
  await expectRejection(generate(root), files, explanation);
});

async function expectRejection(generation: Promise<unknown>, files: Files, explanation: RegExp): Promise<void> {
  const error = await generation.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GenerationError);
  const { message } = error as GenerationError;
  expect(message).toContain(`${placeOfFault(files)}:`);
  expect(message).toMatch(explanation);
}
