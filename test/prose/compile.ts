import path from "node:path";
import ts from "typescript";
import type { CodeBlock } from "./code-blocks.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** Compiles blocks as files of this repository, and tells each fault with the file and line where it was written. */
export function compile(blocks: readonly CodeBlock[]): string[] {
  const sources = new Map(blocks.map((block, index) => [path.join(ROOT, "test/prose", `block-${index}.ts`), block]));
  const { config } = ts.readConfigFile(path.join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file)?.code ?? readFile(file);
  host.getSourceFile = (file, version) => {
    const block = sources.get(file);
    return block ? ts.createSourceFile(file, block.code, version) : getSourceFile(file, version);
  };
  const program = ts.createProgram([...sources.keys()], { ...options, noUnusedLocals: false }, host);
  return [...sources].flatMap(([file, block]) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((diagnostic) => {
      const { line } = ts.getLineAndCharacterOfPosition(
        diagnostic.file ?? host.getSourceFile(file, 99) ?? never(),
        diagnostic.start ?? 0,
      );
      return `${block.file}:${block.line + line}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`;
    }),
  );
}

function never(): never {
  throw new Error("a block has no source");
}
