import { rejectNoOperation } from "../contract/no-operation.ts";
import { angelcamRouter } from "../openapi/angelcam-document.ts";
import { HAR_MASK, type RecordedExchange } from "../openapi/har.ts";
import { type Serve, withCors } from "./serve.ts";

/** Headers that belong to the connection of the recording. */
const NOT_REPLAYED =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|content-encoding|date)$/i;

/**
 * Plays a recording back: each request gets the response that was recorded for its method, path and query, in their
 * order; the last one again and again. Credentials do not matter, because a recording holds none. Links to the recorded
 * server lead to the origin of the request. A server below a path is played back without that path as well.
 *
 * @returns A server. A request that was not recorded gets 501, with the nearest that was.
 * @example
 * ```ts
 * const fetch = replay(readHar(await readFile("traffic.har", "utf8")));
 * ```
 */
export function replay(exchanges: readonly RecordedExchange[]): Serve {
  const queues = new Map<string, RecordedExchange[]>();
  for (const exchange of exchanges) {
    const key = keyOf(exchange.method, exchange.url);
    queues.set(key, [...(queues.get(key) ?? []), exchange]);
  }
  return withCors(async (request) => {
    const url = new URL(request.url);
    const key = keyOf(request.method === "HEAD" ? "GET" : request.method, url);
    const [method = "", address = ""] = key.split(" ");
    const isBelow = (one: string) => one.startsWith(`${method} `) && one.endsWith(address);
    const other = angelcamRouter().find(method, url).route && [...queues.keys()].find(isBelow);
    const queue = queues.get(key) ?? queues.get(other ?? "") ?? [];
    const exchange = queue.length > 1 ? queue.shift() : queue[0];
    if (exchange) return { response: responseOf(exchange, url.origin) };
    const { status, headers } = rejectNoOperation(method, url, angelcamRouter());
    if (status === 301) return { response: new Response(null, { status, headers }) };
    return { response: notRecorded(method, url, queues.keys()) };
  });
}

/** Method, path and query without what the recording has masked. */
function keyOf(method: string, { pathname, searchParams }: URL): string {
  const query = [...searchParams].filter(([name, value]) => value !== HAR_MASK && !/token|secret|hash|key/i.test(name));
  const text = new URLSearchParams(query.sort(([one], [other]) => one.localeCompare(other))).toString();
  return `${method.toUpperCase()} ${pathname}${text === "" ? "" : `?${text}`}`;
}

function responseOf({ url, status, headers: recorded, body }: RecordedExchange, origin: string): Response {
  // Status 0: the recorded server did not respond. Some other statuses are none that a server may send.
  if (status < 200 || status > 599) {
    const detail = status === 0 ? "As recorded." : `Recorded is the status ${status}, which cannot be played back.`;
    return Response.json({ title: "no_response", detail }, { status: 502 });
  }
  if (body === undefined) {
    const detail = `The recording has no body for this response with the status ${status}. Record it with content.`;
    return Response.json({ title: "not_recorded", detail, status: 501 }, { status: 501 });
  }
  const own = (text: string) => text.replaceAll(url.origin, origin);
  const headers = new Headers();
  for (const { name, value } of recorded)
    if (!NOT_REPLAYED.test(name) && isHeader(name, value)) headers.append(name, own(value));
  return new Response(typeof body === "string" ? own(body) || null : body, { status, headers });
}

/** False for what browsers record besides headers, such as `:status` of HTTP/2. */
function isHeader(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t -~\u0080-\u00ff]*$/.test(value);
}

function notRecorded(method: string, { pathname }: URL, keys: Iterable<string>): Response {
  const same = [...keys].filter((key) => key.split("?")[0] === `${method} ${pathname}`);
  const hint = same.length > 0 ? ` Recorded is ${same.slice(0, 3).join(", ")}.` : "";
  const detail = `${method} ${pathname} with this query was not recorded.${hint}`;
  return Response.json({ title: "not_recorded", detail, status: 501 }, { status: 501 });
}
