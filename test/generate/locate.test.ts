import { afterAll, beforeAll, expect, test } from "vitest";
import { locate } from "../../scripts/generate/locate.ts";
import { removeFolder, writeFolder } from "./spec-folder.ts";

let root: string;

beforeAll(async () => {
  root = await writeFolder({
    "spec/openapi.yaml": `openapi: 3.1.0
paths:
  /things/:
    $ref: paths/things.yaml
  /parts/:
    $ref: paths/all.yaml#/parts/~1of~1things
  /chain/:
    $ref: paths/chain.yaml
  /local/:
    $ref: "#/components/pathItems/Local"
components:
  pathItems:
    Local:
      get:
        operationId: local.get
`,
    "spec/paths/things.yaml": `# A comment, so that lines and keys differ.
get:
  operationId: things.list
  parameters:
    - name: first
      in: query
    - $ref: ../parameters/Second.yaml
  responses:
    "200":
      $ref: ../responses/Things.yaml
`,
    "spec/paths/all.yaml": `parts:
  /of/things:
    post:
      operationId: parts.create
`,
    "spec/paths/chain.yaml": "$ref: things.yaml\n",
    "spec/parameters/Second.yaml": "name: second\nin: query\nschema:\n  type: string\n",
    "spec/responses/Things.yaml": `description: All.
content:
  application/json:
    schema:
      $ref: ../schemas/Things.yaml
`,
    "spec/schemas/Things.yaml": "type: array\nitems:\n  type: string\n",
  });
});

afterAll(() => removeFolder(root));

test.each([
  ["a path item in a file of its own", "#/paths/~1things~1", "spec/paths/things.yaml:1"],
  ["an operation in a file of its own", "#/paths/~1things~1/get", "spec/paths/things.yaml:2"],
  ["a key of it", "#/paths/~1things~1/get/operationId", "spec/paths/things.yaml:3"],
  ["an item of a list", "#/paths/~1things~1/get/parameters/0/in", "spec/paths/things.yaml:6"],
  ["behind a second $ref", "#/paths/~1things~1/get/parameters/1/schema", "spec/parameters/Second.yaml:3"],
  [
    "behind a third one",
    "#/paths/~1things~1/get/responses/200/content/application~1json/schema/items",
    "spec/schemas/Things.yaml:2",
  ],
  ["behind a $ref into the middle of a file", "#/paths/~1parts~1/post", "spec/paths/all.yaml:3"],
  ["behind a file that holds only a $ref", "#/paths/~1chain~1/get", "spec/paths/things.yaml:2"],
  ["behind a $ref within the same file", "#/paths/~1local~1/get/operationId", "spec/openapi.yaml:15"],
  [
    "the last location on the way of a pointer that leads nowhere",
    "#/paths/~1things~1/get/nothing/here",
    "spec/paths/things.yaml:2",
  ],
])("finds %s", async (_, pointer, place) => {
  expect(await locate(root, "spec/openapi.yaml", pointer)).toBe(place);
});
