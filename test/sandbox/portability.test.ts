import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const FOLDER = fileURLToPath(new URL("../../src/sandbox/", import.meta.url));
const NODE_ONLY = ["command.ts", "listen.ts", "main.ts"];

const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const sources = files.map((file) => ({ file, text: readFileSync(path.join(FOLDER, file), "utf8") }));

test("only the files that say so need Node", () => {
  const needNode = sources.filter(({ text }) =>
    /from "(node:|@hono\/node-server)|(?<![-\w])(process|Buffer)\./.test(text),
  );
  expect(needNode.map(({ file }) => file).sort()).toEqual(NODE_ONLY);
  const say = sources.filter(({ text }) => text.includes("// Node only:"));
  expect(say.map(({ file }) => file).sort()).toEqual(NODE_ONLY);
});

test("nothing imports them but a dynamic import", () => {
  // Modules for Node itself may import them.
  const imported = sources.filter(
    ({ file, text }) =>
      !NODE_ONLY.includes(file) && /^(ex|im)port (?!type)[^;]*from "\.\/(command|listen)\.ts"/m.test(text),
  );
  expect(imported).toEqual([]);
});

test("the public types do not mention the libraries inside", () => {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = sources.find((source) => source.file === file)?.text ?? "";
    expect(text, file).not.toMatch(/from "(hono|@hono|@cfworker)/);
    for (const [, type] of text.matchAll(/^(?:ex|im)port type [^;]*? from "\.\/([\w-]+\.ts)"/gm)) visit(type ?? "");
  };
  visit("sandbox.ts");
  visit("options.ts");
  expect(seen.size).toBeGreaterThan(8);
});
