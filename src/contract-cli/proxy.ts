// Node only: a server of its own, on this machine, between a client and the API.
import type { IncomingMessage, ServerResponse } from "node:http";
import { isJson, mediaTypeOf } from "../contract/body.ts";
import { closeHttpServer, createHttpServer, listenAt } from "../http/http-server.ts";
import type { Exchange, ReceivedResponse } from "./exchange.ts";
import {
  allowPreflight,
  corsHeaders,
  headersToSend,
  isPreflight,
  passOn,
  readBody,
  respondInstead,
} from "./forward.ts";
import { ownLinks } from "./own-links.ts";
import type { Secrets } from "./secrets.ts";
import { operationAt, type Sender } from "./sender.ts";
import type { Target } from "./target.ts";

/** Milliseconds for a request: a sound of many megabytes takes its time over a slow line. */
const LONGEST_UPLOAD = 300_000;

/** Options of {@link startProxy}. */
export interface ProxyOptions {
  readonly sender: Sender;
  readonly target: Target;
  readonly secrets: Secrets;
  /** Port to listen on. @default A free one. */
  readonly port?: number;
  /**
   * True for a client of which nothing is known: it gets redirects and links of lists that lead to the target, pointed at
   * the proxy. False for redocly, which must follow nothing.
   *
   * @default false
   */
  readonly forAnyClient?: boolean;
  /** Called after each request. */
  readonly onExchange?: (exchange: Exchange) => void;
}

/** A proxy that listens. */
export interface ContractProxy extends AsyncDisposable {
  /** `http://127.0.0.1:40123`. */
  readonly origin: string;
  /**
   * Returns the requests since the last call, in their order.
   *
   * @param waits Whether from now on a 429 is waited out, and the request sent again.
   * @param allowed The operations that may be called from now on. Without it, any.
   */
  take(waits: boolean, allowed?: ReadonlySet<string>): Exchange[];
}

/**
 * Starts the proxy. Every request goes to the target and nowhere else, and is checked against the contract together with
 * its response.
 */
export async function startProxy(options: ProxyOptions): Promise<ContractProxy> {
  const { secrets, port = 0, forAnyClient = false, onExchange } = options;
  let exchanges: Exchange[] = [];
  let waits = !forAnyClient;
  let allowed: ReadonlySet<string> | undefined;
  const server = createHttpServer((incoming, outgoing) => {
    // The order of the requests is that of their arrival, not of their responses.
    const index = exchanges.length;
    const list = exchanges;
    const pending = failed(incoming, "it was not finished when the run ended");
    list[index] = pending;
    const finish = (exchange: Exchange | undefined) => {
      if (exchange) {
        list[index] = exchange;
        onExchange?.(exchange);
      } else list.splice(list.indexOf(pending), 1);
    };
    handle(incoming, outgoing, { ...options, origin, allowed, waits: () => waits }).then(finish, (error: Error) => {
      finish(failed(incoming, `the proxy failed: ${secrets.mask(error.message)}`));
      if (!outgoing.headersSent) {
        respondInstead(outgoing, 502, "proxy_failed", "See the report of angelcam-contract.", corsHeaders(incoming));
      }
    });
  }, LONGEST_UPLOAD);
  const origin = await listenAt(server, port, "127.0.0.1");
  return {
    origin,
    take: (next, operations) => {
      [waits, allowed] = [next, operations];
      const taken = exchanges;
      exchanges = [];
      return taken;
    },
    [Symbol.asyncDispose]: () => closeHttpServer(server),
  };
}

interface Handling extends ProxyOptions {
  /** Origin of the proxy. */
  readonly origin: string;
  readonly allowed: ReadonlySet<string> | undefined;
  readonly waits: () => boolean;
}

/** Undefined for a request that is between browser and proxy only. */
async function handle(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { sender, target, forAnyClient, origin, allowed, waits }: Handling,
): Promise<Exchange | undefined> {
  const { method = "GET", url: pathAndQuery = "/" } = incoming;
  if (isPreflight(incoming)) {
    allowPreflight(incoming, outgoing);
    return undefined;
  }
  const cors = corsHeaders(incoming);
  const operation = operationAt(method, pathAndQuery)?.id;
  if (allowed && !(operation && allowed.has(operation))) {
    const problem = `${operation ?? `${method} of a path unknown to the document`} was not sent: no step of the workflow calls it`;
    respondInstead(outgoing, 403, "not_sent", problem, cors);
    return failed(incoming, problem);
  }
  const body = await readBody(incoming);
  const exchange = await sender.send({ method, pathAndQuery, headers: headersToSend(incoming), body }, waits);
  const { response, problem = "" } = exchange;
  if (exchange.request === undefined) respondInstead(outgoing, 403, "not_sent", problem, cors);
  else if (response === undefined) respondInstead(outgoing, 502, "no_response", problem, cors);
  else {
    const own = forAnyClient ? ownLinks(response, exchange, target, origin) : plainContentType(response);
    passOn(response, outgoing, { ...own, headers: { ...cors, ...own.headers } });
  }
  return exchange;
}

/** Redocly parses JSON only when its content type is in lower case. */
function plainContentType({ headers }: ReceivedResponse): { readonly headers?: Record<string, string> } {
  const mediaType = mediaTypeOf(headers) ?? "";
  return isJson(mediaType) ? { headers: { "content-type": mediaType } } : {};
}

function failed({ method = "GET" }: IncomingMessage, problem: string): Exchange {
  return {
    ...{ method, operationId: undefined, request: undefined, status: undefined, response: undefined },
    ...{ startedAt: Date.now(), duration: 0, violations: [], problem },
  };
}
