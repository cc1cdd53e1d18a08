import type { Contract } from "./contract.ts";
import { COVERAGE_KINDS, type CoverageKind } from "./coverage.ts";
import { formatReport } from "./format-report.ts";

/** How much of each kind must be exercised, from 0 to 1. Kinds that are left out may be anything. */
export type CoverageGoal = Readonly<Partial<Record<CoverageKind, number>>>;

/** The result that a matcher returns to Vitest or Jest. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * The matchers as assertions, to declare to your test runner.
 *
 * @example
 * ```ts
 * declare module "vitest" {
 *   interface Matchers<R extends void | Promise<void>, T> extends ContractMatchers<R> {}
 * }
 * // With Jest: declare global { namespace jest { interface Matchers<R, T> extends ContractMatchers<R> {} } }
 * ```
 */
export interface ContractMatchers<Result = unknown> {
  /** Fails for each violation; for warnings only if asked to; and when nothing was checked. */
  toHaveNoViolations(options?: { readonly warnings?: boolean }): Result;
  /** Fails when less of the document was exercised, and names what is missing. */
  toCover(goal: CoverageGoal): Result;
}

/**
 * Matchers for `expect.extend` of Vitest and Jest. They take a contract, or a `fetch` of `withContract`.
 *
 * @example
 * ```ts
 * expect.extend(contractMatchers);
 * expect(fetch.contract).toHaveNoViolations();
 * expect(fetch.contract).toCover({ operations: 0.1 });
 * ```
 */
export const contractMatchers = { toHaveNoViolations, toCover };

function toHaveNoViolations(received: unknown, { warnings = false } = {}): MatcherResult {
  const contract = contractOf(received, "toHaveNoViolations");
  const counted = contract.violations.filter(({ severity }) => warnings || severity === "error");
  return {
    // A check that saw nothing proves nothing.
    pass: counted.length === 0 && contract.requests > 0,
    message: () =>
      counted.length === 0 && contract.requests > 0
        ? "expected the contract to be broken, and it was kept"
        : `expected the contract to be kept\n\n${formatReport(contract)}`,
  };
}

function toCover(received: unknown, goal: CoverageGoal): MatcherResult {
  checkGoal(goal);
  const coverage = contractOf(received, "toCover").coverage();
  const short = COVERAGE_KINDS.filter((kind) => {
    const { exercised, total } = coverage[kind];
    return exercised < (goal[kind] ?? 0) * total;
  });
  const lines = short.map((kind) => {
    const { exercised, total, missing } = coverage[kind];
    return `${kind}: ${exercised} of ${total}, wanted ${(goal[kind] ?? 0) * 100} %. Missing: ${missing.join(", ")}`;
  });
  return {
    pass: short.length === 0,
    message: () =>
      short.length === 0
        ? "expected less of the document to be exercised"
        : `expected more of the document to be exercised\n\n${lines.join("\n")}`,
  };
}

function checkGoal(goal: CoverageGoal): void {
  for (const [kind, share] of Object.entries(goal)) {
    if (!COVERAGE_KINDS.includes(kind as CoverageKind)) {
      throw new TypeError(`toCover: ${kind} is not counted; ${COVERAGE_KINDS.join(", ")} are`);
    }
    if (!(share >= 0 && share <= 1)) throw new RangeError(`toCover: ${kind} must be from 0 to 1, got ${share}`);
  }
  if (Object.keys(goal).length === 0)
    throw new TypeError("toCover: name at least one kind and its share, such as { operations: 1 }");
}

function contractOf(received: unknown, matcher: string): Contract {
  const candidate = (received as { contract?: unknown } | undefined)?.contract ?? received;
  if (typeof (candidate as Partial<Contract> | undefined)?.checkRequest === "function") return candidate as Contract;
  throw new TypeError(`${matcher} takes a contract, or a fetch of withContract`);
}
