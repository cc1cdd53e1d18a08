import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** A block of code in a Markdown file. */
export interface CodeBlock {
  readonly file: string;
  /** The line of its first line of code, 1 for the first of the file. */
  readonly line: number;
  readonly code: string;
}

/** Every TypeScript block of the README and the guides. */
export function typescriptBlocks(): CodeBlock[] {
  const guides = readdirSync(path.join(ROOT, "spec/guides")).map((name) => `spec/guides/${name}`);
  return ["README.md", ...guides].flatMap((file) => blocksOf(file, readFileSync(path.join(ROOT, file), "utf8")));
}

/** The TypeScript blocks of a Markdown text. */
export function blocksOf(file: string, text: string): CodeBlock[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => ({
    file,
    line: text.slice(0, match.index).split("\n").length + 1,
    code: match[1] ?? "",
  }));
}
