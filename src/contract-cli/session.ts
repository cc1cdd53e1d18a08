import { type Contract, createContract } from "../contract/contract.ts";
import { type Baseline, readBaseline } from "./baseline.ts";
import { type Credentials, credentialsFrom } from "./credentials.ts";
import type { Exchange } from "./exchange.ts";
import { plainText, plainTexts } from "./plain-text.ts";
import { STOPPED, TIME_IS_UP } from "./receive.ts";
import { type CoverageGoals, coverageFaults, type Report, type WorkflowReport } from "./report.ts";
import { Secrets } from "./secrets.ts";
import { Sender } from "./sender.ts";
import { type Target, targetAt } from "./target.ts";

/** Options that every kind of run shares. */
export interface SessionOptions {
  /** Address of the server; Angelcam itself when undefined. */
  readonly server: string | undefined;
  /** The option that named it, for messages. @default "--server" */
  readonly serverOption?: string;
  /** Seconds to wait for a server that does not listen yet. */
  readonly wait: number;
  /** Whether requests may create, change and delete. */
  readonly mayWrite: boolean;
  /** Seconds for all of it. */
  readonly timeout: number;
  /** Seconds that a response may take. */
  readonly maxResponseTime: number;
  /** Whether a warning is a failure. */
  readonly strict: boolean;
  /** File of the baseline. */
  readonly ignore: string | undefined;
  readonly coverage: CoverageGoals;
  /** Aborted when the run is to end early, such as by Ctrl+C: what is known by then is reported. */
  readonly stop?: AbortSignal | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called for each workflow as soon as it has ended. */
  readonly onWorkflow: (workflow: WorkflowReport) => void;
  /** Called with remarks on what goes on. */
  readonly onNote: (note: string) => void;
}

/** The result of a run: its report, and its traffic. */
export interface RunResult {
  readonly report: Report;
  readonly exchanges: readonly Exchange[];
  readonly secrets: Secrets;
}

/** A run against one server: what it may do, and what it has found so far. */
export class Session {
  readonly options: SessionOptions;
  readonly target: Target;
  readonly credentials: Credentials;
  readonly contract: Contract;
  readonly secrets = new Secrets();
  readonly sender: Sender;
  readonly startedAt = Date.now();
  /** Milliseconds since 1970 (UTC). */
  readonly deadline: number;
  readonly #baseline: Baseline;
  readonly #workflows: WorkflowReport[] = [];
  /** All traffic so far, in the order in which it ended. */
  readonly exchanges: Exchange[] = [];

  private constructor(options: SessionOptions, target: Target, baseline: Baseline) {
    this.options = options;
    this.target = target;
    this.#baseline = baseline;
    this.deadline = this.startedAt + options.timeout * 1000;
    this.credentials = credentialsFrom(options.environment, target.isLocal);
    this.secrets.add(this.credentials.password);
    this.secrets.add(this.credentials.personalAccessToken);
    this.contract = createContract(target.isAngelcam ? {} : { baseUrl: target.baseUrl });
    this.sender = new Sender({
      ...{ target, contract: this.contract, secrets: this.secrets, baseline, deadline: this.deadline },
      mayWrite: options.mayWrite,
      stop: options.stop,
      maxResponseTime: options.maxResponseTime,
      onPause: (seconds) => options.onNote(`The server requests a pause of ${seconds} s (429). Waiting.`),
      onExchange: (exchange) => this.exchanges.push(exchange),
    });
  }

  /**
   * Reads the baseline and finds the server.
   *
   * @param stop Ends the search for the server.
   * @throws CannotRunError
   */
  static async open(options: SessionOptions, stop = options.stop): Promise<Session> {
    const baseline = await readBaseline(options.ignore);
    return new Session(options, await targetAt(options.server, { ...options, stop }), baseline);
  }

  /** Why no more requests are sent; undefined while the run goes on. */
  get end(): string | undefined {
    if (this.options.stop?.aborted) return STOPPED;
    return Date.now() >= this.deadline ? TIME_IS_UP : undefined;
  }

  /** Adds the result of a workflow, without credentials and safe to print. */
  add(workflow: WorkflowReport): void {
    const safe = plainTexts(this.secrets.maskAll(workflow));
    this.#workflows.push(safe);
    this.options.onWorkflow(safe);
  }

  /** The result of the run. */
  finish(): RunResult {
    const steps = this.#workflows.flatMap((workflow) => workflow.steps);
    const checks = steps.reduce((total, step) => total + step.checks, 0);
    const coverage = this.contract.coverage();
    const exercised = new Set(steps.flatMap(({ operationId, status }) => (status && operationId) || []));
    const faults = [...coverageFaults(coverage, this.options.coverage), ...this.#baseline.leftovers(exercised)];
    const report: Report = {
      server: this.target.baseUrl,
      mock: this.target.isMock,
      passed: checks > 0 && faults.length === 0 && this.#workflows.every(({ status }) => status !== "failed"),
      seconds: (Date.now() - this.startedAt) / 1000,
      requests: this.contract.responses,
      checks,
      faults: faults.map((fault) => plainText(this.secrets.mask(fault))),
      ignored: plainTexts(this.secrets.maskAll(this.#baseline.ignored)),
      workflows: this.#workflows,
      coverage,
    };
    return { report, exchanges: this.exchanges, secrets: this.secrets };
  }
}
