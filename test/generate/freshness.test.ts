import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { generate } from "../../scripts/generate/main.ts";

const GENERATED = new URL("../../generated/", import.meta.url);

const written = await generate();

test("generated/ holds exactly the files that `npm run generate` writes for the current spec", async () => {
  expect((await readdir(GENERATED)).sort()).toEqual([...written.keys()].sort());
  for (const [name, text] of written) {
    const committed = await readFile(new URL(name, GENERATED), "utf8");
    expect(committed === text, `generated/${name} is stale: run npm run generate`).toBe(true);
  }
});

test("two runs write the same bytes", async () => {
  expect([...written.keys()]).toEqual(["openapi.json", "schema.ts", "operations.ts", "client.ts"]);
  expect(await generate()).toEqual(written);
});
