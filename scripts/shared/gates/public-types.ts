import { readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { count, type Gate } from "./gate.ts";

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types?: string }>>;
}

/**
 * No `any` in the declarations that a user can reach: it would switch off the checks in the user's own code. The
 * compiler writes every type that it has inferred into them, so that none can hide.
 */
export const publicTypes: Gate = {
  name: "no any on the public face",
  async check(root) {
    const { exports } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as Manifest;
    const entries = Object.entries(exports).flatMap(([entry, target]) =>
      typeof target === "string" ? [] : [path.join(root, target.types ?? `the types of ${entry}`)],
    );
    const program = ts.createProgram(entries, { module: ts.ModuleKind.NodeNext, skipLibCheck: true, types: [] });
    const missing = entries.filter((file) => !program.getSourceFile(file));
    const reached = program.getSourceFiles().filter(({ fileName }) => isOwn(fileName, root));
    return {
      examined: reached.length,
      summary: `${count(entries.length, "entry point")}, ${count(reached.length, "declaration file")}`,
      faults: [
        ...missing.map((file) => `${path.relative(root, file)} is missing. Run npm run build first.`),
        ...reached.flatMap((source) =>
          anysIn(source).map((line) => `${path.relative(root, source.fileName)}:${line}: any`),
        ),
      ],
    };
  },
};

/** Resolved as for a user, without the files beside it on this machine. */
function isOwn(file: string, root: string): boolean {
  return !path.relative(root, file).startsWith("..") && !file.includes("node_modules");
}

/** The lines of a file with an `any` on them. */
function anysIn(source: ts.SourceFile): number[] {
  const found: number[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      found.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
