import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { proseFiles } from "./code-blocks.ts";

/** A command that a page or a message prints. */
export interface PrintedCommand {
  /** Without what follows it in its line: `npm run mock -- --port 4010`. */
  readonly command: string;
  readonly file: string;
}

const IN_PROSE = /\b(?:npx angelcam-|npm run )[^`\n]*/g;
const IN_SOURCE = /\b(?:npx angelcam-|npm run |npm install )[^"`\\\n]*/g;

/** Where a command of a page ends: at a comment, the next command, or the shell's own signs. */
const AFTER_COMMAND = /\s+(?:#|&|>|\|).*$/;

/** Where a command of a message ends: at the rest of its sentence. */
const AFTER_ADVICE = /(?:[:,;.)](?:\s.*)?|\s+\(.*)$/;

/** The commands of the README, of the guides and of the files for contributors. */
export function commandsOfProse(root: string): PrintedCommand[] {
  return [...proseFiles(root), "CONTRIBUTING.md", "ARCHITECTURE.md"].flatMap((file) =>
    commandsOfText(readFileSync(path.join(root, file), "utf8")).map((command) => ({ command, file })),
  );
}

/** The commands of a Markdown text. */
export function commandsOfText(markdown: string): string[] {
  return [...markdown.matchAll(IN_PROSE)].map(([text]) => text.replace(AFTER_COMMAND, "").trim());
}

/** The commands that the messages of the contract command and of the mock advise. */
export function commandsOfMessages(root: string): PrintedCommand[] {
  const files = globSync("src/{contract-cli,mock}/**/*.ts", { cwd: root }).toSorted();
  return files.flatMap((file) =>
    commandsOfSource(readFileSync(path.join(root, file), "utf8")).map((command) => ({ command, file })),
  );
}

/** The commands of a TypeScript file, comments left out. */
export function commandsOfSource(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return [...code.matchAll(IN_SOURCE)].map(([text]) => text.replace(AFTER_ADVICE, "").trim());
}
