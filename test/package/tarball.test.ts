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
  test("holds each module of src and generated, as JavaScript and as types for both formats", async () => {
    const modules = consumer.packed.filter((file) => isModule(file) && !isBundle(file));
    const expected = [...(await modulesOf("generated")), ...(await modulesOf("src"))];
    expect(modules.sort()).toEqual([...expected, "dist/package/generated/schema.cjs"].sort());
  });

  test("holds these files beside the modules, the document once, and no other", async () => {
    const manifest = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
    const document = path.posix.normalize(manifest.exports["./openapi.json"]);
    expect(consumer.packed.filter((file) => !isModule(file) && !isBundle(file)).sort()).toEqual(
      [
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "SECURITY.md",
        "dist/package/THIRD-PARTY-LICENSES.txt",
        "dist/package/llms.txt",
        "dist/package/sbom.cdx.json",
        "package.json",
        "scripts/bench/RESULTS.md",
        "scripts/bench/overhead.svg",
        document,
        ...(await guides()),
        ...(await workflows()),
      ].sort(),
    );
  });

  test("holds each entry in one file for Node in both formats, the chunks that these import, and no other bundle", async () => {
    const { exports } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
    const entries = Object.values<{ node?: string; require?: { default: string } }>(exports).flatMap(
      ({ node, require }) => (node && require ? [node, require.default].map((file) => path.posix.normalize(file)) : []),
    );
    const bundles = consumer.packed.filter(isBundle);
    expect(bundles.filter((file) => !file.includes("/chunks/")).sort()).toEqual(entries.sort());
    expect(entries.length).toBeGreaterThan(8);
    const shared = await Promise.all(bundles.map((file) => readFile(path.join(ROOT, file), "utf8")));
    for (const chunk of bundles.filter((file) => file.includes("/chunks/"))) {
      expect(
        shared.some((text) => text.includes(path.posix.basename(chunk))),
        chunk,
      ).toBe(true);
    }
  });

  test("holds no source map, and no file names one", async () => {
    expect(consumer.packed.filter((file) => file.endsWith(".map"))).toEqual([]);
    for (const file of consumer.packed.filter(isModule)) {
      expect(await read(file), file).not.toContain("sourceMappingURL");
    }
  });

  test("holds every file that README, guides and llms.txt link to", async () => {
    const pages = ["README.md", "dist/package/llms.txt", ...(await guides())];
    const links = await Promise.all(pages.map(async (page) => linksOf(page, await read(page))));
    const missing = links.flat().filter(({ target }) => !consumer.packed.includes(target));
    expect(missing).toEqual([]);
    expect(links.flat().length).toBeGreaterThan(20);
    const contents = linksOf("dist/package/llms.txt", await read("dist/package/llms.txt"));
    expect(contents.map(({ target }) => target)).toEqual(expect.arrayContaining(await guides()));
  });

  test("lists in its SBOM the packages whose licences it passes on", async () => {
    const { components, metadata } = JSON.parse(await read("dist/package/sbom.cdx.json"));
    const listed: { name: string; version: string }[] = components;
    const licences = (await read("dist/package/THIRD-PARTY-LICENSES.txt")).split("\n\n---\n\n");
    expect(listed.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(
      licences.map((text) => text.slice(0, text.indexOf("\n"))).sort(),
    );
    expect(metadata.component.name).toBe("angelcam-client");
    expect(listed.map(({ name }) => name)).toContain("hono");
    // A flaw in it has to reach users through npm audit.
    expect(listed.map(({ name }) => name)).not.toContain("jose");
  });

  test("names no path of the machine that built it", async () => {
    for (const file of consumer.packed) {
      const text = await readFile(path.join(consumer.folder, "node_modules/angelcam-client", file), "utf8");
      expect(text.includes(ROOT), file).toBe(false);
    }
    expect(consumer.packed.length).toBeGreaterThan(10);
  });
});

test("nothing is installed with it but jose, openapi-fetch and its types", async () => {
  const installed = await readdir(path.join(consumer.folder, "node_modules"));
  expect(installed.filter((name) => !name.startsWith(".")).sort()).toEqual([
    "angelcam-client",
    "jose",
    "openapi-fetch",
    "openapi-typescript-helpers",
  ]);
});

test("the main entry uses nothing of Node, so that it runs in a browser as well", async () => {
  const modules = await modulesBehind("src/index.js");
  expect(modules.own.length).toBeGreaterThan(10);
  expect(modules.foreign).toEqual(["openapi-fetch"]);
});

async function guides(): Promise<string[]> {
  const files = await readdir(path.join(ROOT, "spec/guides"), { recursive: true });
  return files.filter((file) => file.endsWith(".md")).map((file) => `spec/guides/${file.replaceAll(path.sep, "/")}`);
}

/** What is in the installed package. */
function read(file: string): Promise<string> {
  return readFile(path.join(consumer.folder, "node_modules/angelcam-client", file), "utf8");
}

/** The files that a page in Markdown links to. */
function linksOf(page: string, text: string): { page: string; target: string }[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, "");
  return [...prose.matchAll(/\]\(([^)#\s]+)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => ({ page, target: path.posix.join(path.posix.dirname(page), target) }));
}

/** The workflows that `angelcam-contract` runs. */
async function workflows(): Promise<string[]> {
  const files = (await readdir(path.join(ROOT, "spec/workflows"))).filter((file) => file.endsWith(".arazzo.yaml"));
  return files.map((file) => `dist/package/spec/workflows/${file}`);
}

function isModule(file: string): boolean {
  return /^dist\/package\/.*\.(c?js|d\.c?ts)$/.test(file);
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
      [".js", ".d.ts", ".d.cts"].map((end) => path.posix.join("dist/package", folder, file.replace(/\.ts$/, end))),
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
