import { setTimeout as sleep } from "node:timers/promises";
import type { Contract } from "../contract/contract.ts";
import type { RequestMessage } from "../contract/message.ts";
import type { Violation } from "../contract/violation.ts";
import type { OpenApiOperation } from "../openapi/operation.ts";
import { addressOf } from "./address.ts";
import type { Baseline } from "./baseline.ts";
import type { Exchange, ReceivedResponse } from "./exchange.ts";
import { onlyReads, routeOf } from "./operations.ts";
import { receive } from "./receive.ts";
import { requestedWait } from "./requested-wait.ts";
import type { Secrets } from "./secrets.ts";
import type { Target } from "./target.ts";
import { TrafficChecks } from "./traffic-checks.ts";

/** Milliseconds to wait after a 429 that does not say how long: the shorter window of the quota. */
const DEFAULT_PAUSE = 60_000;

/** Options of {@link Sender}. */
export interface SenderOptions {
  readonly target: Target;
  readonly contract: Contract;
  readonly secrets: Secrets;
  readonly baseline: Baseline;
  /** Whether requests may pass that create, change or delete something. */
  readonly mayWrite: boolean;
  /** When all of it must be over, in milliseconds since 1970 (UTC). */
  readonly deadline: number;
  /** Seconds that a response may take. */
  readonly maxResponseTime: number;
  /** Aborted when no more requests are to be sent. */
  readonly stop?: AbortSignal | undefined;
  /** Called before a 429 is waited out. */
  readonly onPause: (seconds: number) => void;
  /** Called after each exchange. */
  readonly onExchange?: (exchange: Exchange) => void;
}

/** A request to send. */
export interface RequestToSend {
  readonly method: string;
  /** As it was received, or made: path and query, nothing else. */
  readonly pathAndQuery: string;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Sends requests to the target and nowhere else, and checks each with its response. */
export class Sender {
  readonly #options: SenderOptions;
  readonly #checks: TrafficChecks;
  readonly #stop: AbortSignal;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#checks = new TrafficChecks(options.target, options.maxResponseTime);
    this.#stop = options.stop ?? new AbortController().signal;
  }

  /**
   * Sends a request, and again after each 429 that is to be waited out.
   *
   * @param waits Whether a 429 is waited out.
   */
  async send(request: RequestToSend, waits: () => boolean): Promise<Exchange> {
    const exchange = await this.#send(request, waits);
    this.#options.onExchange?.(exchange);
    return exchange;
  }

  async #send({ method, pathAndQuery, headers, body }: RequestToSend, waits: () => boolean): Promise<Exchange> {
    const { target, secrets, mayWrite, contract } = this.#options;
    const operation = operationAt(method, pathAndQuery);
    const reject = (problem: string): Exchange => ({
      ...{ method, operationId: operation?.id, request: undefined, status: undefined, response: undefined },
      ...{ startedAt: Date.now(), duration: 0, violations: [], problem },
    });
    const name = operation?.id ?? method;
    const address = addressOf(target, pathAndQuery, operation);
    if ("problem" in address) return reject(`${name} ${address.problem}`);
    if (!mayWrite && !(operation && onlyReads(operation))) {
      const what = operation ? `${name} (${method} ${operation.path})` : `${method} of a path unknown to the document`;
      return reject(`${what} was rejected and not sent, because it may write. Allow that with --write`);
    }
    const request = { method, url: address.url.href, headers, bodyText: new TextDecoder().decode(body) };
    secrets.addHeader(headers.get("Authorization"));
    secrets.addText(request.bodyText);
    secrets.addUrl(address.url);
    const violations = contract.checkRequest(request);
    return this.#exchange(request, body, operation, violations, waits);
  }

  async #exchange(
    request: RequestMessage,
    body: Uint8Array<ArrayBuffer>,
    operation: OpenApiOperation | undefined,
    violations: Violation[],
    waits: () => boolean,
  ): Promise<Exchange> {
    const { contract, secrets, deadline, onPause, baseline } = this.#options;
    const { method } = request;
    for (;;) {
      const startedAt = Date.now();
      const signal = AbortSignal.any([AbortSignal.timeout(Math.max(1, deadline - startedAt)), this.#stop]);
      const outcome = await receive(request, body, signal);
      const duration = Date.now() - startedAt;
      const exchange = { method, operationId: operation?.id, request, startedAt, duration };
      if ("problem" in outcome) {
        const problem = secrets.mask(outcome.problem);
        const left = baseline.apply(violations);
        return { ...exchange, status: undefined, response: undefined, violations: left, problem };
      }
      const { status, headers, bodyText } = outcome;
      secrets.addText(bodyText ?? "");
      for (const [, value] of headers) if (URL.canParse(value)) secrets.addUrl(new URL(value));
      violations.push(...contract.checkResponse(request, { status, headers, bodyText }));
      violations.push(...this.#checkTraffic(request, outcome, duration));
      const pause = status === 429 && waits() ? (requestedWait(outcome, Date.now()) ?? DEFAULT_PAUSE) : undefined;
      const isWaiting = pause !== undefined && Date.now() + pause < deadline;
      if (isWaiting) {
        onPause(Math.ceil(pause / 1000));
        await sleep(pause, undefined, { signal: this.#stop }).catch(() => {});
      }
      if (!isWaiting || this.#stop.aborted) {
        const left = baseline.apply(violations);
        return { ...exchange, status, response: outcome, violations: left, problem: undefined };
      }
    }
  }

  #checkTraffic({ method, url }: RequestMessage, response: ReceivedResponse, duration: number): Violation[] {
    const route = routeOf(method, new URL(url));
    if (!route) return [];
    const parameters = Object.fromEntries(Object.entries(route.path).map(([name, text]) => [name, decode(text)]));
    return this.#checks.check({
      operation: route.operation,
      method,
      url: new URL(url),
      parameters,
      response,
      duration,
    });
  }
}

/** The operation of a path that may be anything. */
export function operationAt(method: string, pathAndQuery: string): OpenApiOperation | undefined {
  const text = `http://localhost${pathAndQuery.startsWith("/") ? "" : "/"}${pathAndQuery}`;
  return URL.canParse(text) ? routeOf(method, new URL(text))?.operation : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
