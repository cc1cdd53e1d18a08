import { CannotRunError } from "./cannot-run-error.ts";
import { type Effect, REASONS } from "./effects.ts";
import { sourceOf } from "./inputs.ts";
import type { Journey } from "./read-workflows.ts";
import type { Target } from "./target.ts";

/** What a run may do. */
export interface Wishes {
  /** Workflows that were asked for; all when empty. */
  readonly names: readonly string[];
  readonly mayWrite: boolean;
  readonly target: Pick<Target, "isLocal">;
  /** Names of the inputs that there are. */
  readonly inputs: ReadonlySet<string>;
}

/** What becomes of a workflow. */
export interface Planned {
  readonly journey: Journey;
  /** Why it does not run; undefined when it does. */
  readonly skipped: string | undefined;
  /** Steps that do not run, and why. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/**
 * Decides which workflows run.
 *
 * @throws CannotRunError for a name that no workflow has, and for a workflow that was asked for and cannot run.
 */
export function plan(journeys: readonly Journey[], wishes: Wishes): Planned[] {
  const { names } = wishes;
  const unknown = names.find((name) => !journeys.some((journey) => journey.name === name));
  if (unknown !== undefined) {
    const known = journeys.map(({ name }) => name).join(", ");
    throw new CannotRunError(`There is no workflow ${unknown}. There are: ${known}.`);
  }
  const planned = journeys
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((journey) => decide(journey, wishes));
  for (const { journey, skipped } of planned) {
    if (skipped && names.length > 0) throw new CannotRunError(`${journey.name} does not run: ${skipped}.`);
  }
  if (planned.every(({ skipped }) => skipped !== undefined)) {
    const reasons = planned.map(({ journey, skipped }) => `  ${journey.name}: ${skipped}`);
    throw new CannotRunError(`No workflow can run:\n${reasons.join("\n")}`);
  }
  return planned;
}

function decide(journey: Journey, { names, mayWrite, target, inputs }: Wishes): Planned {
  const { workflow } = journey;
  const isAllowed = (effect: Effect) =>
    effect === "writes" ? mayWrite : target.isLocal || names.includes(journey.name);
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
  return { journey, skipped, leftOut: new Map(leftOut) };
}
