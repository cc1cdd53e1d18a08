// Node only: starts the proxy and redocly.
import { type Contract, createContract } from "../contract/contract.ts";
import { type Credentials, credentialsFrom } from "./credentials.ts";
import { type Inputs, inputsOf } from "./inputs.ts";
import { judge } from "./judge.ts";
import { type Planned, plan } from "./plan.ts";
import { type ContractProxy, startProxy } from "./proxy.ts";
import { readWorkflows } from "./read-workflows.ts";
import { findRedocly, runRedocly } from "./redocly.ts";
import type { Report, StepReport, WorkflowReport } from "./report.ts";
import { runnable } from "./runnable.ts";
import { Secrets } from "./secrets.ts";
import { signIn } from "./sign-in.ts";
import { type Target, targetAt } from "./target.ts";

/** What to run, and where. */
export interface RunOptions {
  /** Address of the server; Angelcam itself when undefined. */
  readonly server: string | undefined;
  /** Arazzo files to run in place of ours. */
  readonly files: readonly string[];
  /** Names of the workflows to run; all when empty. */
  readonly workflows: readonly string[];
  /** Whether requests may create, change and delete. */
  readonly mayWrite: boolean;
  /** Seconds for all of it. */
  readonly timeout: number;
  /** Inputs beyond those that we know. */
  readonly inputs: Inputs;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told of each workflow as soon as it has ended. */
  readonly onWorkflow: (workflow: WorkflowReport) => void;
  /** Told what goes on otherwise. */
  readonly onNote: (note: string) => void;
}

/** Of a run that goes on. */
interface Run {
  readonly target: Target;
  readonly proxy: ContractProxy;
  readonly contract: Contract;
  readonly program: string;
  readonly deadline: number;
}

/** The name that signing in has in the report. */
const SIGN_IN = "sign-in";

/**
 * Runs the workflows, one after the other. Nothing in the report is a secret.
 *
 * @throws CannotRunError when it cannot begin.
 */
export async function runContract(options: RunOptions): Promise<Report> {
  const { environment, mayWrite, timeout, onNote } = options;
  const started = Date.now();
  const deadline = started + timeout * 1000;
  const journeys = await readWorkflows(options.files);
  const program = await findRedocly();
  const target = await targetAt(options.server);
  const credentials = credentialsFrom(environment, target.isLocal);
  const inputs = { ...inputsOf(credentials, started), ...options.inputs };
  const planned = plan(journeys, {
    names: options.workflows,
    mayWrite,
    target,
    inputs: new Set([...Object.keys(inputs), ...(canSignIn(credentials) ? ["authorization"] : [])]),
  });

  const contract = createContract(target.isAngelcam ? {} : { baseUrl: target.baseUrl });
  const secrets = secretsOf(credentials);
  await using proxy = await startProxy({
    target,
    contract,
    secrets,
    mayWrite,
    deadline,
    onPause: (seconds) => onNote(`The server asks for a pause of ${seconds} s (429). Waiting.`),
  });
  const run: Run = { target, proxy, contract, program, deadline };
  const workflows: WorkflowReport[] = [];
  const add = (workflow: WorkflowReport) => {
    const safe = secrets.maskAll(workflow);
    workflows.push(safe);
    options.onWorkflow(safe);
  };

  const authorization = await authorize(run, credentials, planned, inputs, add);
  const complete = authorization === undefined ? inputs : { ...inputs, authorization };
  for (const one of planned) add(await runWorkflow(run, one, complete));

  const steps = workflows.flatMap((workflow) => workflow.steps);
  const checks = sum(steps.map((step) => step.checks));
  return {
    server: target.baseUrl,
    mock: target.isMock,
    passed: checks > 0 && workflows.every(({ status }) => status !== "failed"),
    seconds: since(started),
    requests: contract.answers,
    checks,
    workflows,
    coverage: contract.coverage(),
  };
}

/** The header that workflows ask for, if one of them does. */
async function authorize(
  { proxy }: Run,
  credentials: Credentials,
  planned: readonly Planned[],
  inputs: Inputs,
  add: (workflow: WorkflowReport) => void,
): Promise<string | undefined> {
  const isWanted = planned.some(({ skipped, journey }) => !skipped && asksFor("authorization", journey.workflow));
  if (!isWanted || inputs.authorization !== undefined) return undefined;
  const started = Date.now();
  proxy.take(true);
  const result = await signIn(credentials, proxy.origin);
  const exchanges = proxy.take(true);
  const [exchange] = exchanges;
  if (exchange) {
    const errors = exchange.violations.filter(({ severity }) => severity === "error").map(({ message }) => message);
    const faults = [
      ...(exchange.problem ? [exchange.problem] : []),
      ...errors,
      ...("fault" in result ? [result.fault] : []),
    ];
    const step: StepReport = {
      name: "password",
      operationId: exchange.operationId,
      status: exchange.status,
      requests: 1,
      checks: 1,
      faults,
      violations: exchange.violations,
    };
    const status = faults.length === 0 ? "passed" : "failed";
    add({ name: SIGN_IN, status, seconds: since(started), notes: [], faults: [], steps: [step] });
  }
  return "authorization" in result ? result.authorization : undefined;
}

async function runWorkflow(run: Run, planned: Planned, inputs: Inputs): Promise<WorkflowReport> {
  const { target, proxy, program, deadline } = run;
  const { journey, skipped, leftOut } = planned;
  const { name, workflow, arazzo } = journey;
  const skip = (reason: string): WorkflowReport => ({
    ...{ name, status: "skipped", seconds: 0 },
    ...{ notes: [reason], faults: [], steps: [] },
  });
  if (skipped) return skip(skipped);
  if (asksFor("authorization", workflow) && inputs.authorization === undefined) return skip("signing in failed");

  const started = Date.now();
  const faults: string[] = [];
  let steps: StepReport[] = [];
  // Who wants to see a 429 must get it.
  proxy.take(!workflow["x-effects"]?.includes("uses-up-quota"));
  try {
    const tries = await runRedocly({
      program,
      arazzo: runnable(planned, target.isMock),
      workflow: name,
      source: arazzo.sourceDescriptions[0]?.name ?? "",
      server: proxy.origin,
      inputs,
      timeout: deadline - started,
    });
    const exchanges = proxy.take(true);
    steps = judge(tries, exchanges, workflow.steps);
    const told = sum(steps.map((step) => step.requests));
    if (told !== exchanges.length) faults.push(`redocly tells of ${told} requests, and sent ${exchanges.length}`);
    if (steps.length === 0) faults.push("checks nothing: none of its steps has run");
  } catch (error) {
    faults.push((error as Error).message);
  }
  if (Date.now() >= deadline) faults.push("the time is up (see --timeout)");
  const hasPassed = faults.length === 0 && steps.every((step) => step.faults.length === 0);
  const notes = [...leftOut].map(([step, reason]) => `step ${step} is left out: ${reason}`);
  return { name, status: hasPassed ? "passed" : "failed", seconds: since(started), notes, faults, steps };
}

function asksFor(input: string, workflow: Planned["journey"]["workflow"]): boolean {
  return workflow.inputs?.required?.includes(input) ?? false;
}

function canSignIn({ clientId, username, password, personalAccessToken }: Credentials): boolean {
  return Boolean(personalAccessToken ?? (clientId && username && password));
}

function secretsOf({ password, personalAccessToken }: Credentials): Secrets {
  const secrets = new Secrets();
  secrets.add(password);
  secrets.add(personalAccessToken);
  return secrets;
}

function since(start: number): number {
  return (Date.now() - start) / 1000;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
