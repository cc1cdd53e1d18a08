// Node only: request and response of node:http.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ReceivedResponse } from "./exchange.ts";

/** Headers that belong to one connection, that fetch sets by itself, or that belong to the proxy's own origin. */
const NOT_SENT: ReadonlySet<string> = new Set([
  ...["connection", "keep-alive", "proxy-connection", "proxy-authorization", "te", "trailer", "transfer-encoding"],
  ...["upgrade", "host", "content-length", "accept-encoding", "expect", "cookie", "origin", "referer"],
]);

/** Headers of a response that belong to its connection, to its encoded body, or to the host of the server. */
const NOT_RETURNED: ReadonlySet<string> = new Set([
  ...["connection", "keep-alive", "proxy-connection", "proxy-authenticate", "trailer", "transfer-encoding", "upgrade"],
  ...[
    "content-length",
    "content-encoding",
    "alt-svc",
    "set-cookie",
    "strict-transport-security",
    "location",
    "refresh",
  ],
]);

/** Longest body of a request, in bytes. */
const LONGEST_BODY = 32 * 1024 * 1024;

/** The headers of a request to send on. Those that `Connection` names stay behind, too. */
export function headersToSend({ headersDistinct }: IncomingMessage): Headers {
  const named = (headersDistinct.connection ?? [])
    .flatMap((value) => value.toLowerCase().split(","))
    .map((name) => name.trim());
  const headers = new Headers();
  for (const [name, values] of Object.entries(headersDistinct)) {
    if (NOT_SENT.has(name) || named.includes(name)) continue;
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}

/**
 * The whole body of a request.
 *
 * @throws RangeError for one that is too long.
 */
export async function readBody(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += (chunk as Buffer).length;
    if (length > LONGEST_BODY) throw new RangeError("the body of the request is longer than 32 MB");
    chunks.push(chunk as Buffer);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Headers with which a page of any origin may use the proxy. It adds no credential, so it leaks none. */
export function corsHeaders({ headers }: IncomingMessage): Record<string, string> {
  const { origin } = headers;
  if (origin === undefined) return {};
  return { "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "*", Vary: "Origin" };
}

/** True for the preflight request of a browser. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}

/** Responds to a preflight request. */
export function allowPreflight(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { headers } = incoming;
  outgoing
    .writeHead(204, {
      ...corsHeaders(incoming),
      "Access-Control-Allow-Methods": String(headers["access-control-request-method"]),
      "Access-Control-Allow-Headers": headers["access-control-request-headers"] ?? "",
      "Access-Control-Max-Age": "600",
      // Chromium sends this before a page of another origin may use a server on this machine.
      ...(headers["access-control-request-private-network"] ? { "Access-Control-Allow-Private-Network": "true" } : {}),
    })
    .end();
}

/**
 * Passes a response on to the client.
 *
 * @param changes A body instead of its own, and headers in addition to its own.
 */
export function passOn(
  { status, headers, body }: ReceivedResponse,
  outgoing: ServerResponse,
  changes: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): void {
  const kept = [...headers].filter(([name]) => !NOT_RETURNED.has(name) && !name.startsWith("access-control-"));
  outgoing.writeHead(status, { ...Object.fromEntries(kept), ...changes.headers }).end(changes.body ?? body);
}

/** Responds instead of the server, in the form of the API's own errors. */
export function respondInstead(
  outgoing: ServerResponse,
  status: number,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  outgoing
    .writeHead(status, { "Content-Type": "application/json", ...headers })
    .end(JSON.stringify({ title, detail, status }));
}
