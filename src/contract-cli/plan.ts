import { CannotRunError } from "./cannot-run-error.ts";
import { type Effect, REASONS } from "./effects.ts";
import { sourceOf } from "./inputs.ts";
import type { WorkflowEntry } from "./read-workflows.ts";
import type { Target } from "./target.ts";

/** Limits of a run. */
export interface PlanOptions {
  /** Workflows to run; all when empty. */
  readonly names: readonly string[];
  readonly mayWrite: boolean;
  readonly target: Pick<Target, "isLocal">;
  /** Names of the inputs that have a value. */
  readonly inputs: ReadonlySet<string>;
}

/** A workflow, and whether it runs. */
export interface PlannedWorkflow {
  readonly entry: WorkflowEntry;
  /** Why it does not run; undefined when it does. */
  readonly skipped: string | undefined;
  /** Steps that do not run, and why. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/**
 * Decides which workflows run.
 *
 * @throws CannotRunError for a name that no workflow has, and for a named workflow that cannot run.
 */
export function plan(entries: readonly WorkflowEntry[], options: PlanOptions): PlannedWorkflow[] {
  const { names } = options;
  const unknown = names.find((name) => !entries.some((entry) => entry.name === name));
  if (unknown !== undefined) {
    const known = entries.map(({ name }) => name).join(", ");
    throw new CannotRunError(`There is no workflow ${unknown}. There are: ${known}.`);
  }
  const planned = entries
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((entry) => decide(entry, options));
  for (const { entry, skipped } of planned) {
    if (skipped && names.length > 0) throw new CannotRunError(`${entry.name} does not run: ${skipped}.`);
  }
  if (planned.every(({ skipped }) => skipped !== undefined)) {
    const reasons = planned.map(({ entry, skipped }) => `  ${entry.name}: ${skipped}`);
    throw new CannotRunError(`No workflow can run:\n${reasons.join("\n")}`);
  }
  return planned;
}

function decide(entry: WorkflowEntry, { names, mayWrite, target, inputs }: PlanOptions): PlannedWorkflow {
  const { workflow } = entry;
  const isAllowed = (effect: Effect) => (effect === "writes" ? mayWrite : target.isLocal || names.includes(entry.name));
  const forbidden = (effects: readonly Effect[] = []) => effects.find((effect) => !isAllowed(effect));
  const effect = forbidden(workflow["x-effects"]);
  const missing = (workflow.inputs?.required ?? []).filter((input) => !inputs.has(input));
  const skipped = effect
    ? REASONS[effect]
    : missing.length > 0
      ? `it needs ${[...new Set(missing.map(sourceOf))].join(", ")}`
      : undefined;
  const leftOut = workflow.steps.flatMap((step): [string, string][] => {
    const stepEffect = forbidden(step["x-effects"]);
    return stepEffect ? [[step.stepId, REASONS[stepEffect]]] : [];
  });
  return { entry, skipped, leftOut: new Map(leftOut) };
}
