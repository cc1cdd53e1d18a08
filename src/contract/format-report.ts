import type { Contract } from "./contract.ts";
import { COVERAGE_KINDS } from "./coverage.ts";
import type { Violation } from "./violation.ts";

/**
 * The result of a contract as plain text: a line for each location at fault, the coverage, and the totals. It holds no secret.
 *
 * @example
 * ```ts
 * console.log(formatReport(fetch.contract));
 * // error   cameras.get response 200, body /id: must be an integer, got "1" (3 times)
 * // covered 2 of 126 operations, 3 of 340 parameters, …
 * // 4 requests, 4 responses: 1 error, 0 warnings
 * ```
 */
export function formatReport(contract: Contract): string {
  const { violations, requests, responses } = contract;
  const groups = new Map<string, { readonly line: string; times: number }>();
  for (const violation of violations) {
    const group = groups.get(locationOf(violation)) ?? { line: lineOf(violation), times: 0 };
    groups.set(locationOf(violation), group);
    group.times++;
  }
  const lines = [...groups.values()].map(({ line, times }) => (times > 1 ? `${line} (${times} times)` : line)).sort();
  const coverage = contract.coverage();
  const covered = COVERAGE_KINDS.map((kind) => `${coverage[kind].exercised} of ${coverage[kind].total} ${kind}`);
  return [...lines, `covered ${covered.join(", ")}`, sum(contract, requests, responses), ""].join("\n");
}

function lineOf({ severity, message }: Violation): string {
  return `${severity.padEnd(7)} ${message}`;
}

/** The same for every item of a list: a field that one camera lacks, all lack. */
function locationOf(violation: Violation): string {
  const { severity, kind, side, operationId, method, path, status, pointer } = violation;
  const anyItem = pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");
  return JSON.stringify([severity, kind, side, operationId, method, path, status, violation.in, anyItem]);
}

function sum({ violations }: Contract, requests: number, responses: number): string {
  if (requests === 0) return "no request was seen: nothing was checked";
  const errors = violations.filter(({ severity }) => severity === "error").length;
  const count = (number: number, name: string) => `${number} ${name}${number === 1 ? "" : "s"}`;
  const found = `${count(errors, "error")}, ${count(violations.length - errors, "warning")}`;
  return `${count(requests, "request")}, ${count(responses, "response")}: ${found}`;
}
