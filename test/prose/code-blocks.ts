import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { RECIPES } from "../recipes/pages.ts";

/** The languages that a block may name. `text` and `json` are output; every other block is run, or compiled at least. */
export const LANGUAGES = ["ts", "sh", "python", "html", "yaml", "json", "http", "text"] as const;

/** A block of code in a Markdown file. */
export interface CodeBlock {
  readonly file: string;
  /** The line of its first line of code, 1 for the first of the file. */
  readonly line: number;
  /** The text behind the opening fence. */
  readonly language: string;
  readonly code: string;
}

/** The Markdown files that hold code: the README and the guides. */
export function proseFiles(root: string): string[] {
  const files = readdirSync(path.join(root, "spec/guides"), { recursive: true }).map(String);
  const guides = files.filter((name) => name.endsWith(".md")).toSorted();
  return ["README.md", ...guides.map((name) => `spec/guides/${name.replaceAll(path.sep, "/")}`)];
}

/** Every block of code in the prose below a folder, but for the recipes: test/recipes runs these with what they import. */
export function proseBlocks(root: string): CodeBlock[] {
  return proseFiles(root)
    .filter((file) => !RECIPES.includes(path.basename(file, ".md")))
    .flatMap((file) => blocksOf(file, readFileSync(path.join(root, file), "utf8")));
}

/**
 * The blocks of a Markdown text. A fence that is never closed ends with the text, as Markdown has it.
 *
 * @param file Names the text in faults.
 */
export function blocksOf(file: string, text: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { fence: string; language: string; line: number; code: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const [, fence = "", language = ""] = line.match(/^ {0,3}(`{3,}|~{3,})\s*(.*?)\s*$/) ?? [];
    if (open === undefined) {
      if (fence !== "") open = { fence, language, line: index + 2, code: [] };
    } else if (language === "" && fence.startsWith(open.fence)) {
      blocks.push(blockOf(file, open));
      open = undefined;
    } else {
      open.code.push(line);
    }
  }
  return open === undefined ? blocks : [...blocks, blockOf(file, open)];
}

function blockOf(
  file: string,
  { language, line, code }: { language: string; line: number; code: string[] },
): CodeBlock {
  return { file, line, language, code: code.map((text) => `${text}\n`).join("") };
}
