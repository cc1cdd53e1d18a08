import { camelCase } from "./naming.ts";
import type { OperationFacts } from "./operation-facts.ts";

/** The doc comment of a method, line by line: what it does, what goes out, what it needs, and a sample. */
export function describeMethod(operation: OperationFacts, sample: string | undefined): string[] {
  const facts = [
    `\`${operation.method} ${operation.path}\``,
    ...(operation.scopes.length > 0 ? [`scope ${operation.scopes.map((scope) => `\`${scope}\``).join(", ")}`] : []),
    ...(operation.security.length === 0 ? ["no token"] : []),
    ...(operation.pagination ? ["one page when awaited, every item when iterated"] : []),
    ...retryFact(operation),
  ];
  const description = operation.description.trim();
  return [
    `${operation.summary}.`,
    "",
    ...(description ? [...description.split("\n"), ""] : []),
    `${facts.join(" · ")}.`,
    ...operation.pathParameters.map(({ name, description: text }) => `@param ${camelCase(name)} ${oneLine(text)}`),
    ...(operation.deprecated ? [`@deprecated ${oneLine(description)}`] : []),
    ...(sample ? ["@example", "```ts", ...sample.trim().split("\n"), "```"] : []),
  ];
}

/** Where the operation differs from the rule that what is no POST is retried. `retry.methods` of a client can add POST. */
function retryFact({ method, retry }: OperationFacts): string[] {
  if (retry === "if_rejected") return ["retried after 429 and 503 only"];
  if (retry === "never") return [method === "POST" ? "not retried by default" : "never retried"];
  return [];
}

/** A doc comment of these lines, each indented. */
export function docComment(lines: readonly string[], indent = ""): string {
  const safe = lines.map((line) => line.replaceAll("*/", "*\\/").trimEnd());
  if (safe.length === 1) return `${indent}/** ${safe[0]} */`;
  return [`${indent}/**`, ...safe.map((line) => `${indent} *${line ? ` ${line}` : ""}`), `${indent} */`].join("\n");
}

function oneLine(text: string | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}
