import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../base/random.ts";
import { angelcamDocument } from "../openapi/angelcam-document.ts";
import type { OpenApiOperation } from "../openapi/operation.ts";
import { addressOf } from "./address.ts";
import { CannotRunError } from "./cannot-run-error.ts";
import { canSignIn } from "./credentials.ts";
import type { Exchange } from "./exchange.ts";
import { RequestGenerator } from "./generate-request.ts";
import { IdPool } from "./id-pool.ts";
import { sourceOf } from "./inputs.ts";
import { stepsByOperation } from "./operation-steps.ts";
import { onlyReads } from "./operations.ts";
import { STOPPED } from "./receive.ts";
import { signInAndReport } from "./run.ts";
import { type RunResult, Session, type SessionOptions } from "./session.ts";

/** How often each operation is called: first with its required parameters only, so that as many as possible are covered. */
const ROUNDS = 3;

/** Milliseconds between two requests off this machine: 30 requests a minute, the quota of an account. */
const PACE = 2_050;

/** Requests after which a line of progress is printed where no terminal is. */
const LINE_EVERY = 25;

/** Operations that would end the exploration. */
const NEVER_CALLED: ReadonlySet<string> = new Set(["me.delete", "oauth.revokeToken", "oauth.createToken"]);

/** Options of an exploration. */
export interface ExploreOptions extends SessionOptions {
  /** Decides ids, parameters and bodies. @default A random one, which is printed. */
  readonly seed: number | undefined;
  readonly print: (line: string) => void;
  /** Takes a line that replaces the one before it; undefined where no terminal is. */
  readonly progress: ((line: string) => void) | undefined;
}

/**
 * Calls every operation that only reads, with ids from lists that came before; with `mayWrite`, the others too.
 *
 * @throws CannotRunError when it cannot begin.
 */
export async function explore(options: ExploreOptions): Promise<RunResult> {
  const { seed = Math.floor(Math.random() * 2 ** 31), mayWrite, print } = options;
  const session = await Session.open(options);
  if (!canSignIn(session.credentials)) {
    throw new CannotRunError(`--explore needs ${sourceOf("authorization")}.`);
  }
  if (mayWrite && !session.target.isLocal) {
    throw new CannotRunError(
      "--explore --write changes and deletes at random: it runs against a server on this machine only.",
    );
  }
  print(`Exploring with --seed ${seed}`);
  const authorization = await signInAndReport(session);
  if (authorization === undefined) return session.finish();
  const exploration = new Exploration(session, options, authorization, seed);
  await exploration.run();
  return session.finish();
}

class Exploration {
  readonly #session: Session;
  readonly #options: ExploreOptions;
  readonly #authorization: string;
  readonly #ids = new IdPool();
  readonly #generator: RequestGenerator;
  readonly #operations: readonly OpenApiOperation[];
  readonly #exchanges: Exchange[] = [];
  readonly #faults: string[] = [];
  readonly #called = new Set<string>();
  readonly #startedAt = Date.now();
  #lastRequest = 0;

  constructor(session: Session, options: ExploreOptions, authorization: string, seed: number) {
    this.#session = session;
    this.#options = options;
    this.#authorization = authorization;
    this.#generator = new RequestGenerator(angelcamDocument(), new Random(seed), session.startedAt);
    this.#operations = angelcamDocument()
      .operations.filter((operation) => this.#mayCall(operation))
      .sort((one, other) => orderOf(one) - orderOf(other));
  }

  /** Calls all operations, round by round, until the time is up. */
  async run(): Promise<void> {
    for (let round = 0; round < ROUNDS && !this.#isOver; round++) await this.#runRound(round);
    this.#options.progress?.("");
    if (this.#session.end === STOPPED) this.#fault(STOPPED);
    const steps = stepsByOperation(this.#exchanges, this.#options.strict);
    const hasFailed = this.#faults.length > 0 || steps.some(({ faults }) => faults.length > 0);
    this.#session.add({
      ...{
        name: "explore",
        status: hasFailed ? "failed" : "passed",
        notes: this.#notes(),
        faults: this.#faults,
        steps,
      },
      seconds: (Date.now() - this.#startedAt) / 1000,
    });
  }

  /** An operation whose ids are not known yet has another turn after the others, as long as that helps. */
  async #runRound(round: number): Promise<void> {
    let left = this.#operations;
    while (left.length > 0 && !this.#isOver) {
      const waiting: OpenApiOperation[] = [];
      for (const operation of left) {
        if (this.#isOver) return;
        if (!(await this.#call(operation, round))) waiting.push(operation);
      }
      if (waiting.length === left.length) return;
      left = waiting;
    }
  }

  /** Returns false when an id is not known. */
  async #call(operation: OpenApiOperation, round: number): Promise<boolean> {
    const concrete = this.#ids.pathOf(operation, this.#generator.pick);
    if (!concrete) return false;
    const pathAndQuery = `${concrete.path}${this.#generator.query(operation, round > 0, (name) => this.#ids.idsNamed(name))}`;
    const body = this.#generator.body(operation);
    const headers = new Headers(operation.credentialHeaders.length > 0 ? { Authorization: this.#authorization } : {});
    if (body) headers.set("Content-Type", body.contentType);
    await this.#pace();
    const request = {
      method: operation.method,
      pathAndQuery,
      headers,
      body: new TextEncoder().encode(body?.text ?? ""),
    };
    const exchange = await this.#session.sender.send(request, () => true);
    // A request that is cut off because the time is up shows no fault of the server.
    if (exchange.response === undefined && this.#isOver) return true;
    this.#exchanges.push(exchange);
    this.#called.add(operation.id);
    const { status, response } = exchange;
    if (operation.method === "GET" && status === 200) this.#ids.learn(concrete.path, response?.bodyText ?? "");
    if (operation.method === "DELETE" && status === 204) this.#ids.forget(concrete.path);
    if (status === 401) this.#fault(`${operation.id} returned 401 to a token that was just issued`);
    if (status === 404 && concrete.isListed && operation.method === "GET" && !this.#options.mayWrite) {
      this.#fault(`${operation.id} returned 404 for an id from its own list`);
    }
    if (status === 503) this.#fault(`${operation.id} returned 503`);
    this.#report();
    return true;
  }

  #fault(fault: string): void {
    if (!this.#faults.includes(fault)) this.#faults.push(fault);
  }

  #mayCall(operation: OpenApiOperation): boolean {
    const { mayWrite } = this.#options;
    if (operation.isPage || NEVER_CALLED.has(operation.id)) return false;
    if (!(mayWrite || onlyReads(operation))) return false;
    const address = addressOf(this.#session.target, operation.path.replaceAll(/\{\w+\}/g, "1"), operation);
    return "url" in address;
  }

  #notes(): string[] {
    const left = this.#operations.filter(({ id }) => !this.#called.has(id)).map(({ id }) => id);
    if (left.length === 0) return [];
    const reason = this.#session.end?.replace(" is ", " was ") ?? "no list has an id for them";
    return [`${left.length} operations were not called, because ${reason}: ${left.join(", ")}`];
  }

  /** Off this machine, requests keep to the quota of an account. */
  async #pace(): Promise<void> {
    const wait = this.#session.target.isLocal ? 0 : this.#lastRequest + PACE - Date.now();
    if (wait > 0) await sleep(wait, undefined, { signal: this.#options.stop }).catch(() => {});
    this.#lastRequest = Date.now();
  }

  #report(): void {
    const { progress, print } = this.#options;
    const requests = this.#exchanges.length;
    if (!progress && requests % LINE_EVERY !== 0) return;
    const total = this.#operations.length * ROUNDS;
    const perRequest = (Date.now() - this.#startedAt) / requests;
    const left = Math.min(perRequest * Math.max(0, total - requests), this.#session.deadline - Date.now());
    const line = `${this.#called.size} of ${this.#operations.length} operations, ${requests} requests, about ${Math.ceil(Math.max(0, left) / 1000)} s left`;
    if (progress) progress(line);
    else print(line);
  }

  get #isOver(): boolean {
    return this.#session.end !== undefined;
  }
}

/** Lists first, because they bring ids; then what reads, creates, changes and, at last, deletes. */
function orderOf({ method, path }: OpenApiOperation): number {
  const parameters = path.split("{").length - 1;
  return ["GET", "POST", "PUT", "PATCH", "DELETE"].indexOf(method) * 10 + parameters;
}
