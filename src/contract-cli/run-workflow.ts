import type { Inputs } from "./inputs.ts";
import { judge } from "./judge.ts";
import type { PlannedWorkflow } from "./plan.ts";
import type { ContractProxy } from "./proxy.ts";
import { type Arazzo, type ArazzoWorkflow, operationOf } from "./read-workflows.ts";
import { STOPPED } from "./receive.ts";
import { runRedocly } from "./redocly.ts";
import type { StepReport, WorkflowReport } from "./report.ts";
import { runnable } from "./runnable.ts";
import type { Session } from "./session.ts";

/** The parts that every workflow of a run shares. */
export interface WorkflowRunner {
  readonly session: Session;
  readonly proxy: ContractProxy;
  /** The program of redocly. */
  readonly program: string;
}

/** Runs one workflow. */
export async function runWorkflow(
  { session, proxy, program }: WorkflowRunner,
  planned: PlannedWorkflow,
  inputs: Inputs,
): Promise<WorkflowReport> {
  const { entry, skipped, leftOut } = planned;
  const { name, workflow, arazzo } = entry;
  const startedAt = Date.now();
  const end = (status: WorkflowReport["status"], notes: string[], faults: string[], steps: StepReport[]) => {
    return { name, status, seconds: (Date.now() - startedAt) / 1000, notes, faults, steps };
  };
  if (session.options.stop?.aborted) return end("failed", [], [STOPPED], []);
  if (skipped) return end("skipped", [skipped], [], []);
  if (asksFor("authorization", workflow) && inputs.authorization === undefined) {
    return end("skipped", ["signing in failed"], [], []);
  }
  const faults: string[] = [];
  let steps: StepReport[] = [];
  // A workflow about 429 must get it.
  proxy.take(!workflow["x-effects"]?.includes("uses-up-quota"), operationsOf(arazzo));
  try {
    const tries = await runRedocly({
      program,
      arazzo: runnable(planned, session.target.isMock),
      workflow: name,
      source: arazzo.sourceDescriptions[0]?.name ?? "",
      server: proxy.origin,
      inputs,
      timeout: session.deadline - startedAt,
      stop: session.options.stop,
    });
    const exchanges = proxy.take(true);
    steps = judge(tries, exchanges, workflow.steps, session.options.strict);
    const reported = steps.reduce((total, step) => total + step.requests, 0);
    if (reported !== exchanges.length) {
      faults.push(`redocly reports ${reported} requests, and sent ${exchanges.length}`);
    }
    if (steps.length === 0) faults.push("checks nothing: none of its steps has run");
  } catch (error) {
    if (!session.options.stop?.aborted) faults.push((error as Error).message);
  }
  if (session.end !== undefined) faults.push(session.end);
  const hasFailed = faults.length > 0 || steps.some((step) => step.faults.length > 0);
  const notes = [...leftOut].map(([step, reason]) => `step ${step} is left out: ${reason}`);
  const reason = steps.find((step) => step.skipped !== undefined)?.skipped;
  if (hasFailed) return end("failed", notes, faults, steps);
  return reason === undefined ? end("passed", notes, [], steps) : end("skipped", [reason, ...notes], [], steps);
}

/** True for a workflow that cannot run without this input. */
export function asksFor(input: string, workflow: ArazzoWorkflow): boolean {
  return workflow.inputs?.required?.includes(input) ?? false;
}

/**
 * The operations that the steps of a file call. No other request of them is sent: an id in a response must not turn a
 * request into another one. Undefined when the operation of a step is not known.
 */
function operationsOf({ workflows }: Arazzo): ReadonlySet<string> | undefined {
  const steps = workflows.flatMap((workflow) => workflow.steps).filter((step) => !("workflowId" in step));
  const ids = steps.map((step) => operationOf(step)?.id);
  return ids.includes(undefined) ? undefined : new Set(ids.flatMap((id) => id ?? []));
}
