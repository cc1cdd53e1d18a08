import type { Coverage } from "../contract/coverage.ts";
import type { Violation } from "../contract/violation.ts";

/** What came out of a run; the JSON report holds it as it is. */
export interface Report {
  /** Where the requests went. */
  readonly server: string;
  /** True for a server that said that it is the mock. */
  readonly mock: boolean;
  /** True when something was checked, and nothing was wrong. */
  readonly passed: boolean;
  readonly seconds: number;
  readonly requests: number;
  /** Success criteria that were checked. What is held to the contract comes on top. */
  readonly checks: number;
  readonly workflows: readonly WorkflowReport[];
  readonly coverage: Coverage;
}

/** What came out of a workflow. */
export interface WorkflowReport {
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly seconds: number;
  /** Why it was skipped, which of its steps were left out, and what else is good to know. */
  readonly notes: readonly string[];
  /** What is wrong and belongs to no step. */
  readonly faults: readonly string[];
  readonly steps: readonly StepReport[];
}

/** What came out of a step. */
export interface StepReport {
  readonly name: string;
  readonly operationId: string | undefined;
  /** Status of the last answer. */
  readonly status: number | undefined;
  readonly requests: number;
  readonly checks: number;
  /** What is wrong, one line each. Empty when the step passed. */
  readonly faults: readonly string[];
  /** Each place in which a request or an answer is not what the document says, warnings included. */
  readonly violations: readonly Violation[];
}

/** How many workflows came to each end. */
export function countsOf({ workflows }: Report): Readonly<Record<WorkflowReport["status"], number>> {
  const count = (wanted: WorkflowReport["status"]) => workflows.filter(({ status }) => status === wanted).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}
