import type { Coverage, CoverageKind } from "../contract/coverage.ts";
import type { Violation } from "../contract/violation.ts";
import type { IgnoredViolations } from "./baseline.ts";

/** The result of a run; the JSON report holds it as it is. */
export interface Report {
  /** Why nothing could be checked; undefined when the run began. */
  readonly problem?: string;
  /** Where the requests went. */
  readonly server: string;
  /** True for a server that showed itself to be the mock. */
  readonly mock: boolean;
  /** True when something was checked, and nothing was wrong. */
  readonly passed: boolean;
  readonly seconds: number;
  readonly requests: number;
  /** Success criteria of workflows, or responses, that were checked. */
  readonly checks: number;
  /** Faults of the run as a whole: coverage below its goal, entries of the baseline that are no longer needed. */
  readonly faults: readonly string[];
  /** Violations that the baseline accepted. */
  readonly ignored: readonly IgnoredViolations[];
  readonly workflows: readonly WorkflowReport[];
  readonly coverage: Coverage;
}

/** The result of a workflow. */
export interface WorkflowReport {
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly seconds: number;
  /** Why it was skipped, which of its steps were left out, and other remarks. */
  readonly notes: readonly string[];
  /** Faults that belong to no step. */
  readonly faults: readonly string[];
  readonly steps: readonly StepReport[];
}

/** The result of a step. */
export interface StepReport {
  readonly name: string;
  readonly operationId: string | undefined;
  /** Status of the last response. */
  readonly status: number | undefined;
  /** Seconds that its responses took. */
  readonly seconds: number;
  readonly requests: number;
  readonly checks: number;
  /** Why it could not be checked, such as an account without cameras; undefined when it was. */
  readonly skipped?: string | undefined;
  /** Faults, one line each. Empty when the step passed. */
  readonly faults: readonly string[];
  /** Warnings, one line each. */
  readonly warnings: readonly string[];
  /** Each violation, warnings included. */
  readonly violations: readonly Violation[];
}

/** The least share of a kind that must be exercised, in percent. */
export type CoverageGoals = Readonly<Partial<Record<CoverageKind, number>>>;

/** How many workflows ended in each way. */
export function countsOf({ workflows }: Pick<Report, "workflows">): Readonly<Record<WorkflowReport["status"], number>> {
  const count = (status: WorkflowReport["status"]) => workflows.filter((workflow) => workflow.status === status).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

/** A fault for each kind of coverage that is below its goal. */
export function coverageFaults(coverage: Coverage, goals: CoverageGoals): string[] {
  return Object.entries(goals).flatMap(([kind, goal]) => {
    const { exercised, total } = coverage[kind as CoverageKind];
    const share = total === 0 ? 100 : (100 * exercised) / total;
    if (share >= goal) return [];
    return [`coverage of ${kind} is ${share.toFixed(1)} % (${exercised} of ${total}), below the goal of ${goal} %`];
  });
}

/** How many lines the same fault of several items or requests takes; ten annotations of one would hide all others. */
const MOST_ALIKE = 3;

/**
 * The faults and warnings of violations, each line once. With `strict`, warnings are faults. Of the same fault in many
 * items of a list there are three lines, and the number of the others; the JSON report has them all.
 */
export function faultsOf(violations: readonly Violation[], strict: boolean): Pick<StepReport, "faults" | "warnings"> {
  const isFault = ({ severity }: Violation) => strict || severity === "error";
  return {
    faults: linesOf(violations.filter(isFault)),
    warnings: linesOf(violations.filter((violation) => !isFault(violation))),
  };
}

function linesOf(violations: readonly Violation[]): string[] {
  const alike = new Map<string, Set<string>>();
  for (const violation of violations) {
    const place = placeOf(violation);
    alike.set(place, (alike.get(place) ?? new Set()).add(violation.message));
  }
  return [...alike].flatMap(([place, messages]) => {
    const [first, left] = [[...messages].slice(0, MOST_ALIKE), messages.size - MOST_ALIKE];
    return left > 0 ? [...first, `${place}: ${left} more of these`] : first;
  });
}

/** Where a violation is, and of which kind it is, in any item of its lists. */
function placeOf({ operationId, method, side, status, in: part, pointer, kind }: Violation): string {
  const where = [operationId ?? method, side, ...(status === undefined ? [] : [status])].join(" ");
  const place = [part, pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*")].filter(Boolean).join(" ");
  return `${where}, ${place} (${kind})`;
}
