import { execFile } from "node:child_process";
import { cp, readdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeGenerated } from "../../scripts/generate/main.ts";
import { FAULT, type Files, placeOfFault, removeFolder, smallSpec, writeFolder } from "./spec-folder.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const THINGS = `get:
  operationId: things.list
  summary: List
  responses:
    "204":
      description: Nothing to see.
`;

const OLD: Files = {
  "generated/openapi.json": "the old document\n",
  "generated/schema.ts": "// the old types\n",
  "generated/operations.ts": "// the old table\n",
  "generated/client.ts": "// the old client\n",
};

describe("npm run generate", () => {
  test("exits with 1, names the location of the fault, and leaves generated/ unchanged", async () => {
    const files = smallSpec({ "/things/": THINGS.replace("get:", `get: ${FAULT}`).replace("things.list", "list") });
    const root = await houseWith(files);
    const { code, errors } = await runGenerate(root);
    expect(code).toBe(1);
    expect(errors).toMatch(`${placeOfFault(files)}: GET /things/: operationId "list"`);
    // A message for the author of the spec, without a stack.
    expect(errors).not.toContain("    at ");
    expect(await filesBelow(root, "generated")).toEqual(OLD);
  });

  test("exits with 0 and replaces all of generated/ once the spec is sound", async () => {
    const root = await houseWith(smallSpec({ "/things/": THINGS }));
    const { code, output } = await runGenerate(root);
    expect(code).toBe(0);
    expect(output).toContain("generated/client.ts");
    const now = await filesBelow(root, "generated");
    expect(Object.keys(now).sort()).toEqual(Object.keys(OLD).sort());
    expect(now["generated/operations.ts"]).toContain('"things.list": {\n    method: "GET", path: "/things/"');
    expect(JSON.parse(now["generated/openapi.json"] ?? "")).toMatchObject({ info: { title: "Small" } });
  });
});

test("a file that cannot be written leaves all of them unchanged", async () => {
  const root = await temporary({ "out/client.ts": "old" });
  const fresh = new Map([
    ["client.ts", "new"],
    ["missing-folder/schema.ts", "new"],
  ]);
  await expect(writeGenerated(fresh, path.join(root, "out"))).rejects.toThrow("ENOENT");
  expect(await filesBelow(root, "out")).toEqual({ "out/client.ts": "old" });
});

/** A copy of the generator beside a spec of its own, with files of an earlier run. */
async function houseWith(spec: Files): Promise<string> {
  const root = await temporary({ ...spec, ...OLD, "package.json": '{ "type": "module" }' });
  await cp(path.join(ROOT, "scripts/generate"), path.join(root, "scripts/generate"), { recursive: true });
  await cp(path.join(ROOT, "scripts/generate/main.ts"), path.join(root, "scripts/generate/main.ts"));
  await symlink(path.join(ROOT, "node_modules"), path.join(root, "node_modules"));
  return root;
}

async function temporary(files: Files): Promise<string> {
  const root = await writeFolder(files);
  onTestFinished(() => removeFolder(root));
  return root;
}

function runGenerate(root: string): Promise<{ code: number; output: string; errors: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["scripts/generate/main.ts"], { cwd: root }, (error, output, errors) => {
      resolve({ code: error ? Number(error.code) : 0, output, errors });
    });
  });
}

async function filesBelow(root: string, folder: string): Promise<Record<string, string>> {
  const names = await readdir(path.join(root, folder), { recursive: true });
  const files = names.map(async (name) => {
    const file = path.posix.join(folder, name);
    return [file, await readFile(path.join(root, file), "utf8")] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}
