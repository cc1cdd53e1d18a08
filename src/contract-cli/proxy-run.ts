// Node only: runs a proxy, and a program beside it.
import { setTimeout as sleep } from "node:timers/promises";
import { listenProblem } from "../http/http-server.ts";
import { CannotRunError } from "./cannot-run-error.ts";
import { stepsByOperation } from "./operation-steps.ts";
import { type ContractProxy, startProxy } from "./proxy.ts";
import { TIME_IS_UP } from "./receive.ts";
import type { StepReport } from "./report.ts";
import { runProgram } from "./run-program.ts";
import { type RunResult, Session, type SessionOptions } from "./session.ts";

/** Options of a proxy for any client. */
export interface ProxyRunOptions extends SessionOptions {
  /** Port on 127.0.0.1; 0 for a free one. */
  readonly port: number;
  /** A program to run, and its arguments; empty to listen until the proxy is stopped. */
  readonly program: readonly string[];
  readonly print: (line: string) => void;
  readonly untilStopped?: (() => Promise<void>) | undefined;
}

/**
 * Checks the traffic of any program until it ends, or until the proxy is stopped.
 *
 * @throws CannotRunError when it cannot begin.
 */
export async function runProxy(options: ProxyRunOptions): Promise<RunResult> {
  const { print, program, untilStopped, port } = options;
  // Requested first: the proxy may be stopped while it waits for its server, or by the reader of the text.
  const stopped = untilStopped?.() ?? new Promise<void>(() => {});
  const stopWaiting = new AbortController();
  void stopped.then(() => stopWaiting.abort());
  const session = await Session.open(options, stopWaiting.signal);
  const { sender, target, secrets } = session;
  const proxy = await startProxy({ sender, target, secrets, port, forAnyClient: true }).catch((error: Error) => {
    const problem = listenProblem(error, port, "127.0.0.1");
    throw problem === undefined ? error : new CannotRunError(problem);
  });
  await using _ = proxy;
  print(`The proxy listens on ${proxy.origin} and sends all requests to ${target.baseUrl}`);
  if (program.length === 0) print("Press Ctrl+C to end and to see the report.");
  const controller = new AbortController();
  const timeUp = sleep(Math.max(0, session.deadline - Date.now()), undefined, { signal: controller.signal }).then(
    () => TIME_IS_UP,
    () => undefined,
  );
  const ended =
    program.length > 0 ? runProgram(program, proxy.origin, controller.signal) : new Promise<undefined>(() => {});
  let problem: string | undefined;
  try {
    problem = await Promise.race([stopped.then(() => undefined), timeUp, ended]);
  } finally {
    controller.abort();
  }
  if (program.length > 0) await ended;
  report(session, proxy, problem);
  return session.finish();
}

function report(session: Session, proxy: ContractProxy, problem: string | undefined): void {
  const steps = stepsByOperation(proxy.take(false), session.options.strict);
  const faults = problem === undefined ? [] : [problem];
  const hasFailed = faults.length > 0 || steps.some((step: StepReport) => step.faults.length > 0);
  session.add({
    ...{ name: "proxy", status: hasFailed ? "failed" : "passed", notes: [], faults, steps },
    seconds: (Date.now() - session.startedAt) / 1000,
  });
}
