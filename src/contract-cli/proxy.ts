// Node only: a server of its own, on this machine, between redocly and the API.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Contract } from "../contract/contract.ts";
import type { RequestMessage } from "../contract/message.ts";
import type { Violation } from "../contract/violation.ts";
import type { Operation } from "../openapi/openapi-document.ts";
import { retryTime } from "../transport/retry-after.ts";
import type { Exchange } from "./exchange.ts";
import { answerInstead, headersToSend, passOn, readBody } from "./forward.ts";
import { onlyReads, operationOf } from "./operations.ts";
import type { Secrets } from "./secrets.ts";
import { addressAt, type Target } from "./target.ts";

/** How long to wait after a 429 that does not say it: the shorter window of the quota, see spec/guides/limits.md. */
const PAUSE = 60_000;

/** What `startProxy` takes. */
export interface ProxyOptions {
  readonly target: Target;
  readonly contract: Contract;
  readonly secrets: Secrets;
  /** Whether requests may pass that create, change or delete something. */
  readonly mayWrite: boolean;
  /** When all of it must be over, in milliseconds since 1970 (UTC). */
  readonly deadline: number;
  /** Told before the proxy waits because of a 429. */
  readonly onPause: (seconds: number) => void;
}

/** A proxy that listens. */
export interface ContractProxy extends AsyncDisposable {
  /** `http://127.0.0.1:40123`. */
  readonly origin: string;
  /**
   * Gives the requests since the last call, in their order.
   *
   * @param waits Whether from now on a 429 is waited out, and the request sent again.
   */
  take(waits: boolean): Exchange[];
}

/**
 * Starts the proxy. Every request goes to the target and nowhere else, and each is held to the contract, with its
 * answer.
 */
export async function startProxy(options: ProxyOptions): Promise<ContractProxy> {
  const { secrets } = options;
  let exchanges: Exchange[] = [];
  let waits = true;
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing, options, () => waits).then(
      (exchange) => exchanges.push(exchange),
      (error: Error) => {
        exchanges.push(failed(incoming, undefined, `the proxy failed: ${secrets.mask(error.message)}`));
        answerInstead(outgoing, 502, "proxy_failed", "See the report of angelcam-contract.");
      },
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: (next) => {
      waits = next;
      const taken = exchanges;
      exchanges = [];
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function handle(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: ProxyOptions,
  waits: () => boolean,
): Promise<Exchange> {
  const { target, secrets, mayWrite } = options;
  const { method = "GET", url: pathAndQuery = "/" } = incoming;
  const body = await readBody(incoming);
  const operation = operationOf(method, new URL(pathAndQuery, "http://localhost"));
  const refuse = (title: string, detail: string) => {
    answerInstead(outgoing, 403, title, detail);
    return failed(incoming, operation, detail);
  };
  if (!mayWrite && !(operation && onlyReads(operation))) {
    const what = operation
      ? `${operation.id} (${method} ${operation.path})`
      : `${method} of a path unknown to the document`;
    return refuse("read_only", `${what} was refused and not sent, for it may write. Allow that with --write`);
  }
  const url = addressAt(target, pathAndQuery, operation);
  if (!url)
    return refuse("no_server", `${operation?.id ?? method} was not sent: the document names no fixed server for it`);
  const request: RequestMessage = {
    method,
    url: url.href,
    headers: headersToSend(incoming),
    bodyText: body.toString(),
  };
  secrets.addHeader(new Headers(request.headers).get("Authorization"));
  secrets.addText(request.bodyText ?? "");
  secrets.addUrl(url);
  return exchange(request, body, operation, outgoing, options, waits);
}

/** Sends the request, again after each 429 that is to be waited out. */
async function exchange(
  request: RequestMessage,
  body: Buffer,
  operation: Operation | undefined,
  outgoing: ServerResponse,
  { contract, secrets, deadline, onPause }: ProxyOptions,
  waits: () => boolean,
): Promise<Exchange> {
  const { method, url, headers } = request;
  const violations: Violation[] = contract.checkRequest(request);
  for (;;) {
    let response: Response;
    let bodyText: string;
    try {
      response = await fetch(url, {
        method,
        headers,
        redirect: "manual",
        signal: AbortSignal.timeout(Math.max(1, deadline - Date.now())),
        ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
      });
      bodyText = await response.text();
    } catch (error) {
      const problem = `no answer: ${reasonOf(error as Error)}`;
      answerInstead(outgoing, 502, "no_answer", problem);
      return { method, operationId: operation?.id, status: undefined, violations, problem };
    }
    secrets.addText(bodyText);
    violations.push(
      ...contract.checkResponse(request, { status: response.status, headers: response.headers, bodyText }),
    );
    const pause = (retryTime({ response, text: bodyText }, Date.now()) ?? Date.now() + PAUSE) - Date.now();
    if (response.status !== 429 || !waits() || Date.now() + pause >= deadline) {
      passOn(response, bodyText, outgoing);
      return { method, operationId: operation?.id, status: response.status, violations, problem: undefined };
    }
    onPause(Math.ceil(pause / 1000));
    await sleep(pause);
  }
}

function failed({ method = "GET" }: IncomingMessage, operation: Operation | undefined, problem: string): Exchange {
  return { method, operationId: operation?.id, status: undefined, violations: [], problem };
}

function reasonOf(error: Error): string {
  const { code, message } = (error.cause ?? error) as { code?: string | number; message: string };
  return error.name === "TimeoutError" ? "the time is up (see --timeout)" : String(code ?? message);
}
