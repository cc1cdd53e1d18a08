// Node only: runs a proxy, and a program beside it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { listenProblem } from "../http/http-server.ts";
import { CannotRunError } from "./cannot-run-error.ts";
import { stepsByOperation } from "./operation-steps.ts";
import { type ContractProxy, startProxy } from "./proxy.ts";
import { TIME_IS_UP } from "./receive.ts";
import type { StepReport } from "./report.ts";
import { type RunResult, Session, type SessionOptions } from "./session.ts";

/** Milliseconds that the program has to end after the proxy was stopped. */
const GRACE = 5_000;

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
  const ended = program.length > 0 ? runProgram(program, proxy, controller.signal) : new Promise<undefined>(() => {});
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

/**
 * Runs the program to its end.
 *
 * @returns What is wrong with that end.
 * @throws CannotRunError where there is no such program.
 */
async function runProgram(
  [command = "", ...args]: readonly string[],
  { origin }: ContractProxy,
  signal: AbortSignal,
): Promise<string | undefined> {
  const child = spawn(command, args, { stdio: "inherit", env: environmentFor(origin) });
  const stop = async () => {
    child.kill("SIGTERM");
    await sleep(GRACE, undefined, { ref: false });
    child.kill("SIGKILL");
  };
  const onAbort = () => void stop();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const [code, killer] = (await once(child, "close")) as [number | null, string | null];
    if (signal.aborted || code === 0) return undefined;
    return `the program ended with ${code === null ? killer : `exit code ${code}`}`;
  } catch (error) {
    throw new CannotRunError(`The program cannot be run: ${(error as Error).message}. Check its name after --.`);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** The environment of the program. In a network with a proxy of its own, requests to ours must not go there. */
function environmentFor(origin: string): NodeJS.ProcessEnv {
  const { NO_PROXY, no_proxy: given = NO_PROXY } = process.env;
  const direct = given === "*" ? given : [given, new URL(origin).hostname].filter(Boolean).join(",");
  return { ...process.env, NO_PROXY: direct, no_proxy: direct, ANGELCAM_BASE_URL: origin };
}
