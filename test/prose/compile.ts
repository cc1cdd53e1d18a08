import path from "node:path";
import ts from "typescript";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** Code, and the location where it is written. */
export interface Source {
  readonly file: string;
  /** The line of its first line. */
  readonly line: number;
  readonly code: string;
}

/** How to compile: by default as TypeScript, as strictly as this repository. */
export interface Compilation {
  readonly extension?: "ts" | "js";
  readonly options?: ts.CompilerOptions;
  /** Declarations that every source may rely on, such as of modules that are not installed here. */
  readonly declarations?: string;
}

/** The files that every compilation reads: the compiler's own, and this repository's. Parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Compiles sources as files of this repository, and returns each fault with its file and line. */
export function compile(sources: readonly Source[], compilation: Compilation = {}): string[] {
  if (sources.length === 0) return [];
  const { extension = "ts", declarations = "" } = compilation;
  const written = new Map(
    sources.map((source, index) => [path.join(ROOT, "test/prose", `block-${index}.${extension}`), source]),
  );
  const ambient = path.join(ROOT, "test/prose/block-ambient.d.ts");
  const texts = new Map([...[...written].map(([file, { code }]) => [file, code] as const), [ambient, declarations]]);
  const { config } = ts.readConfigFile(path.join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, version) => {
    const text = texts.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, version);
    const key = `${file} ${JSON.stringify(version)}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile(file, version));
    return parsed.get(key);
  };
  const settings = { ...options, noUnusedLocals: false, ...compilation.options };
  const program = ts.createProgram([...texts.keys()], settings, host);
  return [...written].flatMap(([file, source]) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((diagnostic) => {
      const { line } = ts.getLineAndCharacterOfPosition(
        diagnostic.file ?? host.getSourceFile(file, 99) ?? never(),
        diagnostic.start ?? 0,
      );
      return `${source.file}:${source.line + line}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`;
    }),
  );
}

function never(): never {
  throw new Error("a block has no source");
}
