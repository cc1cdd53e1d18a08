import type { Contract } from "./contract.ts";
import { COVERAGE_KINDS, type CoverageKind } from "./coverage.ts";
import { formatReport } from "./format-report.ts";

/** How much of each kind must be exercised, from 0 to 1. Kinds that are left out may be anything. */
export type CoverageGoal = Readonly<Partial<Record<CoverageKind, number>>>;

/** The result of a check, and the message for either outcome. */
export interface ContractResult {
  readonly pass: boolean;
  readonly message: string;
}

/**
 * Fails for each violation, and when nothing was checked: for `node:test`, and any other runner without matchers.
 *
 * @param subject A contract, or a `fetch` of `withContract`.
 * @param options `warnings`: whether warnings fail as well. Default false.
 * @throws Error with the whole report.
 * @example
 * ```ts
 * import { after, test } from "node:test";
 *
 * const fetch = withContract(globalThis.fetch, { mode: "report" });
 * after(() => assertContract(fetch));
 * ```
 */
export function assertContract(subject: unknown, options: { readonly warnings?: boolean } = {}): void {
  const { pass, message } = checkViolations(contractOf(subject, "assertContract"), options.warnings);
  if (!pass) throw new Error(message);
}

/**
 * Fails when less of the document was exercised, and names what is missing.
 *
 * @param subject A contract, or a `fetch` of `withContract`.
 * @throws Error with the missing names; TypeError or RangeError for an invalid goal.
 * @example
 * ```ts
 * after(() => assertCoverage(fetch, { operations: 0.1 }));
 * ```
 */
export function assertCoverage(subject: unknown, goal: CoverageGoal): void {
  const { pass, message } = checkCoverage(contractOf(subject, "assertCoverage"), goal, "assertCoverage");
  if (!pass) throw new Error(message);
}

/** Whether a contract was kept. A check that saw nothing proves nothing. */
export function checkViolations(contract: Contract, warnings = false): ContractResult {
  const counted = contract.violations.filter(({ severity }) => warnings || severity === "error");
  const pass = counted.length === 0 && contract.requests > 0;
  const message = pass
    ? "expected the contract to be broken, and it was kept"
    : `expected the contract to be kept\n\n${formatReport(contract)}`;
  return { pass, message };
}

/** Whether enough of the document was exercised. */
export function checkCoverage(contract: Contract, goal: CoverageGoal, caller: string): ContractResult {
  checkGoal(goal, caller);
  const coverage = contract.coverage();
  const short = COVERAGE_KINDS.filter((kind) => coverage[kind].exercised < (goal[kind] ?? 0) * coverage[kind].total);
  const lines = short.map((kind) => {
    const { exercised, total, missing } = coverage[kind];
    return `${kind}: ${exercised} of ${total}, wanted ${(goal[kind] ?? 0) * 100} %. Missing: ${missing.join(", ")}`;
  });
  const message =
    short.length === 0
      ? "expected less of the document to be exercised"
      : `expected more of the document to be exercised\n\n${lines.join("\n")}`;
  return { pass: short.length === 0, message };
}

/** @throws TypeError for anything that is neither a contract nor a `fetch` of `withContract`. */
export function contractOf(subject: unknown, caller: string): Contract {
  const candidate = (subject as { contract?: unknown } | undefined)?.contract ?? subject;
  if (typeof (candidate as Partial<Contract> | undefined)?.checkRequest === "function") return candidate as Contract;
  throw new TypeError(`${caller} takes a contract, or a fetch of withContract`);
}

function checkGoal(goal: CoverageGoal, caller: string): void {
  for (const [kind, share] of Object.entries(goal)) {
    if (!COVERAGE_KINDS.includes(kind as CoverageKind)) {
      throw new TypeError(`${caller}: ${kind} is not counted; ${COVERAGE_KINDS.join(", ")} are`);
    }
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${caller}: ${kind} must be from 0 to 1, got ${share}`);
  }
  if (Object.keys(goal).length === 0) {
    throw new TypeError(`${caller}: name at least one kind and its share, such as { operations: 1 }`);
  }
}
