import type { Contract } from "./contract.ts";
import { COVERAGE_KINDS } from "./coverage.ts";

/**
 * What a contract has found, as plain text: a line for each violation, what was covered, and the sum. It holds no secret.
 *
 * @example
 * ```ts
 * console.log(formatReport(fetch.contract));
 * // error   cameras.get answer 200, body /id: must be an integer, got "1" (3 times)
 * // covered 2 of 126 operations, 3 of 340 parameters, …
 * // 4 requests, 4 answers: 1 error, 0 warnings
 * ```
 */
export function formatReport(contract: Contract): string {
  const { violations, requests, answers } = contract;
  const counts = new Map<string, number>();
  for (const { severity, message } of violations) {
    const line = `${severity.padEnd(7)} ${message}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const lines = [...counts].sort().map(([line, times]) => (times > 1 ? `${line} (${times} times)` : line));
  const coverage = contract.coverage();
  const covered = COVERAGE_KINDS.map((kind) => `${coverage[kind].exercised} of ${coverage[kind].total} ${kind}`);
  return [...lines, `covered ${covered.join(", ")}`, sum(contract, requests, answers), ""].join("\n");
}

function sum({ violations }: Contract, requests: number, answers: number): string {
  if (requests === 0) return "no request was seen: nothing was checked";
  const errors = violations.filter(({ severity }) => severity === "error").length;
  const count = (number: number, name: string) => `${number} ${name}${number === 1 ? "" : "s"}`;
  const found = `${count(errors, "error")}, ${count(violations.length - errors, "warning")}`;
  return `${count(requests, "request")}, ${count(answers, "answer")}: ${found}`;
}
