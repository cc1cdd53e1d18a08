// Node only: starts the proxy and redocly.
import { canSignIn } from "./credentials.ts";
import { type Inputs, inputsOf } from "./inputs.ts";
import { type PlannedWorkflow, plan } from "./plan.ts";
import { startProxy } from "./proxy.ts";
import { readWorkflows } from "./read-workflows.ts";
import { findRedocly } from "./redocly.ts";
import { faultsOf } from "./report.ts";
import { asksFor, runWorkflow } from "./run-workflow.ts";
import { type RunResult, Session, type SessionOptions } from "./session.ts";
import { signIn } from "./sign-in.ts";

/** Options of a run of workflows. */
export interface RunOptions extends SessionOptions {
  /** Arazzo files to run instead of ours. */
  readonly files: readonly string[];
  /** Names of the workflows to run; all when empty. */
  readonly workflows: readonly string[];
  /** Inputs beyond our own. */
  readonly inputs: Inputs;
}

/**
 * Runs the workflows, one after the other. The report holds no secret.
 *
 * @throws CannotRunError when it cannot begin.
 */
export async function runWorkflows(options: RunOptions): Promise<RunResult> {
  const entries = await readWorkflows(options.files);
  const program = await findRedocly();
  const session = await Session.open(options);
  const { target, credentials, sender, secrets, startedAt } = session;
  const inputs = { ...inputsOf(credentials, startedAt), ...options.inputs };
  const planned = plan(entries, {
    names: options.workflows,
    mayWrite: options.mayWrite,
    target,
    inputs: new Set([...Object.keys(inputs), ...(canSignIn(credentials) ? ["authorization"] : [])]),
  });
  await using proxy = await startProxy({ sender, target, secrets });
  const authorization = await authorize(session, planned, inputs);
  const complete = authorization === undefined ? inputs : { ...inputs, authorization };
  for (const one of planned) session.add(await runWorkflow({ session, proxy, program }, one, complete));
  return session.finish();
}

/** The header that workflows require, if one of them does. */
async function authorize(
  session: Session,
  planned: readonly PlannedWorkflow[],
  inputs: Inputs,
): Promise<string | undefined> {
  const isNeeded = planned.some(({ skipped, entry }) => !skipped && asksFor("authorization", entry.workflow));
  return isNeeded && inputs.authorization === undefined ? signInAndReport(session) : undefined;
}

/** Signs in (authentication) and adds that to the report. Returns the header `Authorization`; undefined when it failed. */
export async function signInAndReport(session: Session): Promise<string | undefined> {
  const { authorization, fault, exchange } = await signIn(session.credentials, session.sender);
  if (exchange) {
    const { operationId, status, violations, duration, problem } = exchange;
    const { faults, warnings } = faultsOf(violations, session.options.strict);
    const all = [problem, ...faults, fault].filter((one) => one !== undefined);
    const seconds = duration / 1000;
    session.add({
      ...{ name: "sign-in", status: all.length === 0 ? "passed" : "failed", seconds, notes: [], faults: [] },
      steps: [
        { name: "password", operationId, status, seconds, requests: 1, checks: 1, faults: all, warnings, violations },
      ],
    });
  }
  return authorization;
}
