import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { count, type Gate } from "./gate.ts";

/** Folders whose errors reach the users of the client. The sandbox and the contract checks meet no credentials of others. */
const FOLDERS = "src/{auth,client,errors,helpers,node,quota,redis,transport,webhooks}/**/*.ts";

/**
 * No error of other code is kept or logged as it came: it may hold a token in its headers or arguments. What was caught is
 * passed to `cleanError` before it becomes a cause, an event or a line of the console.
 */
export const foreignErrors: Gate = {
  name: "foreign errors",
  async check(root) {
    let examined = 0;
    const faults: string[] = [];
    for await (const name of glob(FOLDERS, { cwd: root })) {
      const file = name.replaceAll(path.sep, "/");
      const text = await readFile(path.join(root, file), "utf8");
      const sourceFile = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
      for (const { variable, body } of caughtIn(sourceFile)) {
        examined++;
        for (const use of keptUsesOf(variable, body)) {
          const { line } = sourceFile.getLineAndCharacterOfPosition(use.getStart());
          faults.push(`${file}:${line + 1}: ${variable} is kept or logged as it came: pass it to cleanError`);
        }
      }
    }
    return { examined, summary: count(examined, "caught error"), faults };
  },
};

interface Caught {
  readonly variable: string;
  readonly body: ts.Node;
}

/** The errors that `catch` clauses and the functions passed to `.catch(…)` receive. */
function caughtIn(node: ts.Node): Caught[] {
  const found: Caught[] = [];
  if (ts.isCatchClause(node) && node.variableDeclaration && ts.isIdentifier(node.variableDeclaration.name)) {
    found.push({ variable: node.variableDeclaration.name.text, body: node.block });
  }
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === "catch"
  ) {
    const [handler] = node.arguments;
    if (handler && (ts.isArrowFunction(handler) || ts.isFunctionExpression(handler))) {
      const [parameter] = handler.parameters;
      if (parameter && ts.isIdentifier(parameter.name))
        found.push({ variable: parameter.name.text, body: handler.body });
    }
  }
  ts.forEachChild(node, (child) => {
    found.push(...caughtIn(child));
  });
  return found;
}

/** Where the variable itself, and no cleaned copy, is a cause, a field of an event, or printed. */
function keptUsesOf(variable: string, node: ts.Node): ts.Node[] {
  const isKept = ts.isIdentifier(node) && node.text === variable && isKeeping(node);
  const uses = isKept ? [node as ts.Node] : [];
  ts.forEachChild(node, (child) => {
    uses.push(...keptUsesOf(variable, child));
  });
  return uses;
}

function isKeeping(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isNewExpression(parent)) return isErrorClass(parent.expression);
  if (ts.isCallExpression(parent) && parent.expression !== node) return /^console\./.test(parent.expression.getText());
  const isField =
    ts.isShorthandPropertyAssignment(parent) || (ts.isPropertyAssignment(parent) && parent.initializer === node);
  if (!isField) return false;
  const { parent: user } = parent.parent;
  return (
    (ts.isNewExpression(user) && isErrorClass(user.expression)) ||
    (ts.isCallExpression(user) && /emit|onEvent/i.test(user.expression.getText()))
  );
}

function isErrorClass(expression: ts.Expression): boolean {
  return /Error$/.test(expression.getText());
}
