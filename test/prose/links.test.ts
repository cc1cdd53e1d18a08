import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { proseFiles } from "./code-blocks.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const files = ["ARCHITECTURE.md", ...proseFiles(ROOT)];

// Links within the docs (#operation/..., and the anchors of guides) are checked by test/docs/content.test.ts.
test.each(files)("every file that %s links to is there", (name) => {
  const text = readFileSync(path.join(ROOT, name), "utf8").replaceAll(/^```[\s\S]*?^```$/gm, "");
  const targets = [...text.matchAll(/\]\((?!#|https?:|mailto:)([^)#]+)/g)].map(([, target = ""]) => target);
  expect(targets.filter((target) => !existsSync(path.join(ROOT, path.dirname(name), target)))).toEqual([]);
});

test("the README links to every guide", () => {
  const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
  const guides = proseFiles(ROOT).filter((name) => /^spec\/guides\/[^/]+$/.test(name));
  expect(guides.length).toBeGreaterThan(10);
  expect(guides.filter((name) => !readme.includes(`](${name})`))).toEqual([]);
});
