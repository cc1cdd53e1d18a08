import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Consumer, installPackage, ROOT, removeConsumer } from "./consumer.ts";

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPackage();
});

afterAll(() => removeConsumer(consumer));

describe("the tarball", () => {
  test("holds each module of src and generated, as JavaScript and as types", async () => {
    const modules = consumer.packed.filter((file) => isModule(file) && !isBundle(file));
    expect(modules.sort()).toEqual([...(await modulesOf("generated")), ...(await modulesOf("src"))].sort());
  });

  test("holds these files beside the modules, the document once, and no other", async () => {
    const manifest = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
    const document = path.posix.normalize(manifest.exports["./openapi.json"]);
    expect(consumer.packed.filter((file) => !isModule(file) && !isBundle(file)).sort()).toEqual(
      [
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "dist/package/THIRD-PARTY-LICENSES.txt",
        "package.json",
        document,
        ...(await workflows()),
      ].sort(),
    );
  });

  test("holds each entry in one file for Node, what these share, and no other bundle", async () => {
    const { exports } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
    const entries = Object.values<{ node?: string }>(exports).flatMap(({ node }) =>
      node ? [path.posix.normalize(node)] : [],
    );
    const bundles = consumer.packed.filter(isBundle);
    expect(bundles.filter((file) => !file.includes("/chunks/")).sort()).toEqual(entries.sort());
    expect(entries.length).toBeGreaterThan(4);
    const shared = await Promise.all(bundles.map((file) => readFile(path.join(ROOT, file), "utf8")));
    for (const chunk of bundles.filter((file) => file.includes("/chunks/"))) {
      expect(
        shared.some((text) => text.includes(path.posix.basename(chunk))),
        chunk,
      ).toBe(true);
    }
  });

  test("names no path of the machine that built it", async () => {
    for (const file of consumer.packed) {
      const text = await readFile(path.join(consumer.folder, "node_modules/angelcam-client", file), "utf8");
      expect(text.includes(ROOT), file).toBe(false);
    }
    expect(consumer.packed.length).toBeGreaterThan(10);
  });
});

test("nothing is installed with it but openapi-fetch and its types", async () => {
  const installed = await readdir(path.join(consumer.folder, "node_modules"));
  expect(installed.filter((name) => !name.startsWith(".")).sort()).toEqual([
    "angelcam-client",
    "openapi-fetch",
    "openapi-typescript-helpers",
  ]);
});

test("the main entry uses nothing of Node, so that it runs in a browser as well", async () => {
  const modules = await modulesBehind("src/index.js");
  expect(modules.own.length).toBeGreaterThan(10);
  expect(modules.foreign).toEqual(["openapi-fetch"]);
});

/** The journeys that `angelcam-contract` runs. */
async function workflows(): Promise<string[]> {
  const files = (await readdir(path.join(ROOT, "spec/workflows"))).filter((file) => file.endsWith(".arazzo.yaml"));
  return files.map((file) => `dist/package/spec/workflows/${file}`);
}

function isModule(file: string): boolean {
  return /^dist\/package\/.*\.(js|d\.ts)$/.test(file);
}

function isBundle(file: string): boolean {
  return file.startsWith("dist/package/bundled/");
}

/** What the build makes of the modules in a folder. */
async function modulesOf(folder: string): Promise<string[]> {
  const files = await readdir(path.join(ROOT, folder), { recursive: true });
  return files
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      [".js", ".d.ts"].map((end) => path.posix.join("dist/package", folder, file.replace(/\.ts$/, end))),
    );
}

/** Every module that a module imports, and what these import in turn. */
async function modulesBehind(entry: string): Promise<{ own: string[]; foreign: string[] }> {
  const own = [entry];
  const foreign = new Set<string>();
  for (const file of own) {
    const text = await readFile(path.join(ROOT, "dist/package", file), "utf8");
    const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
    for (const [, target = ""] of code.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)) {
      const next = path.posix.join(path.posix.dirname(file), target);
      if (!target.startsWith(".")) foreign.add(target);
      else if (!own.includes(next)) own.push(next);
    }
  }
  return { own, foreign: [...foreign] };
}
