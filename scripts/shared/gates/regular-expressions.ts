import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import { checkSync } from "recheck";
import ts from "typescript";
import { count, type Gate } from "./gate.ts";

/** Milliseconds for one expression. One that cannot be judged in time is a fault. */
const TIMEOUT = 30_000;

/** Files that put expressions together at run time, which cannot be read here, and why these are linear. */
const BUILT_AT_RUN_TIME: Readonly<Record<string, string>> = {
  "src/base/redact.ts": "test/base/redact.test.ts measures it with long texts",
  "src/contract-cli/secrets.ts": "made of secretPattern",
  "src/contract/format-value.ts": "made of secretPattern",
  "src/contract/inspect.ts": "a pattern of the document",
  "src/contract/route.ts": "a path of the document: each variable ends at a slash",
  "src/openapi/router.ts": "a path of the document: each variable ends at a slash",
  "src/sandbox/contract.ts": "a server of the document: each variable ends at a dot",
  "src/sandbox/server.ts": "a path of the document: each variable ends at a slash",
};

interface Expression {
  readonly file: string;
  readonly line: number;
  /** Undefined where it is put together while the program runs. */
  readonly source: string | undefined;
  readonly flags: string;
}

/**
 * No regular expression of the package takes more than linear time: responses are untrusted, and one with 40,000 digits must
 * not stop a process.
 */
export const regularExpressions: Gate = {
  name: "regular expressions",
  async check(root) {
    const expressions: Expression[] = [];
    for await (const file of glob("src/**/*.ts", { cwd: root })) {
      expressions.push(...expressionsIn(file.replaceAll(path.sep, "/"), await readFile(path.join(root, file), "utf8")));
    }
    const judged = new Map<string, string | undefined>();
    const faults: string[] = [];
    for (const { file, line, source, flags } of expressions) {
      if (source === undefined) {
        if (!BUILT_AT_RUN_TIME[file]) faults.push(`${file}:${line}: an expression that is put together at run time`);
        continue;
      }
      const key = `/${source}/${flags}`;
      if (!judged.has(key)) judged.set(key, faultOf(source, flags));
      const fault = judged.get(key);
      if (fault) faults.push(`${file}:${line}: ${key}: ${fault}`);
    }
    return { examined: expressions.length, summary: count(expressions.length, "expression"), faults };
  },
};

function faultOf(source: string, flags: string): string | undefined {
  const result = checkSync(source, flags, { timeout: TIMEOUT });
  if (result.status === "safe") return undefined;
  if (result.status === "unknown") return `cannot be judged: ${result.error.kind}`;
  return `${result.complexity.summary}, such as for ${result.attack.pattern}`;
}

/** The literals of a file, and what it passes to `RegExp`. */
function expressionsIn(file: string, text: string): Expression[] {
  const sourceFile = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  const add = (node: ts.Node, source: string | undefined, flags: string) => {
    const { line } = sourceFile.getLineAndCharacterOfPosition(node.getStart());
    found.push({ file, line: line + 1, source, flags });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      add(node, node.text.slice(1, end), node.text.slice(end + 1));
    } else if (isRegExpCall(node)) {
      const [source, flags] = node.arguments ?? [];
      const isText = source && ts.isStringLiteralLike(source) && (!flags || ts.isStringLiteralLike(flags));
      add(node, isText ? source.text : undefined, flags && ts.isStringLiteralLike(flags) ? flags.text : "");
    }
    ts.forEachChild(node, visit);
  };
  visit(sourceFile);
  return found;
}

function isRegExpCall(node: ts.Node): node is ts.NewExpression | ts.CallExpression {
  return (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === "RegExp";
}
