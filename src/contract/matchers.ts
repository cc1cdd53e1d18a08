import { type CoverageGoal, checkCoverage, checkViolations, contractOf } from "./assert-contract.ts";

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
  /** Fails for each violation; for warnings only if requested; and when nothing was checked. */
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
  const { pass, message } = checkViolations(contractOf(received, "toHaveNoViolations"), warnings);
  return { pass, message: () => message };
}

function toCover(received: unknown, goal: CoverageGoal): MatcherResult {
  const { pass, message } = checkCoverage(contractOf(received, "toCover"), goal, "toCover");
  return { pass, message: () => message };
}
