// Node only: the port of mock, sandbox and recording proxy.
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { CORS_HEADERS } from "../base/cors.ts";
import { errorBody } from "../contract/error-body.ts";
import { RequestError } from "./request-error.ts";

/** Bytes of address and headers together: more than the longest address, so that the server can say what is too long. */
const LONGEST_HEADERS = 65_536;

/** Milliseconds in which the headers of a request must have come, and by default all of it. */
const LONGEST_WAIT = 10_000;

/** Milliseconds between two looks at the requests that take too long. */
const POLL_INTERVAL = 1_000;

/** Milliseconds for which a connection stays open; longer than the pause between two calls of most programs. */
const KEEP_ALIVE = 60_000;

/** Milliseconds of silence after which a connection that was given up is closed. */
const LINGER = 1_000;

/** Says of an error of Node's parser what was wrong. */
const PARSER_ERRORS: Readonly<Record<string, RequestError>> = {
  HPE_HEADER_OVERFLOW: new RequestError(431, `Address and headers are longer than ${LONGEST_HEADERS} bytes.`),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: new RequestError(413, "The chunk extensions are too long."),
  ERR_HTTP_REQUEST_TIMEOUT: new RequestError(408, "The request did not come in time, or is shorter than it says."),
};

const MALFORMED = new RequestError(400, "This is not a well-formed HTTP request.");

/**
 * A server of HTTP/1.1. To what is no request it responds by itself, in the form of the API's errors and readable for a page
 * of any origin, where Node would send no body or hang up.
 *
 * @param requestTimeout Milliseconds in which a request must have come.
 */
export function createHttpServer(onRequest: RequestListener, requestTimeout = LONGEST_WAIT): Server {
  const server = createServer({
    maxHeaderSize: LONGEST_HEADERS,
    requestTimeout,
    headersTimeout: LONGEST_WAIT,
    connectionsCheckingInterval: POLL_INTERVAL,
    keepAliveTimeout: KEEP_ALIVE,
    // Node's own error responses have no body.
    requireHostHeader: false,
  });
  // A client may end its side behind its request and still wait for the response. Node knows this by that name, its types do not.
  Object.assign(server, { httpAllowHalfOpen: true });
  const pending = new WeakMap<Socket, { request: IncomingMessage; response: ServerResponse }>();

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    pending.set(request.socket, { request, response });
    if (request.httpVersionMajor === 1) onRequest(request, response);
    else rejectRequest(response, new RequestError(400, `HTTP/${request.httpVersion} is not spoken here; HTTP/1.1 is.`));
  });
  server.on("checkExpectation", (_request, response: ServerResponse) => {
    rejectRequest(response, new RequestError(417, "Of all expectations only 100-continue is met."));
  });
  server.on("connect", (_request, socket: Socket) => {
    end(socket, new RequestError(405, 'Method "CONNECT" not allowed.'));
  });
  const rejectedSockets = new WeakSet<Socket>();
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    // The parser reports each further packet as well.
    if (rejectedSockets.has(socket)) return;
    rejectedSockets.add(socket);
    const { request, response } = pending.get(socket) ?? {};
    const isResponding = response !== undefined && !response.writableFinished;
    // A complete request gets its response; bytes behind it are ignored.
    if (isResponding && request?.complete) response.once("close", () => linger(socket));
    else if (!socket.writable || (isResponding && response.headersSent)) socket.destroy();
    else end(socket, PARSER_ERRORS[error.code ?? ""] ?? MALFORMED);
  });
  return server;
}

/**
 * The interface that an option names.
 *
 * @throws RangeError for an empty text, with which Node would listen on every interface of the machine.
 */
export function hostOf(text: string): string {
  if (text.trim() === "")
    throw new RangeError("--host takes the name or the address of an interface, not an empty text");
  return text;
}

/**
 * Listens.
 *
 * @param host The interface, by its name or its address.
 * @returns The origin, such as `http://127.0.0.1:4020`.
 * @throws An error with a code, such as `EADDRINUSE` where the port is taken.
 */
export async function listenAt(server: Server, port: number, host: string): Promise<string> {
  server.listen(port, host);
  await once(server, "listening");
  const { port: chosen } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${chosen}`;
}

/** The reason why a server cannot listen, in a sentence; undefined for any other error. */
export function listenProblem({ code = "", syscall }: NodeJS.ErrnoException, port: number, host: string) {
  if (syscall !== "listen" && syscall !== "getaddrinfo") return undefined;
  if (code === "EADDRINUSE")
    return `Port ${port} is taken. Choose another one with --port, or --port 0 for a free one.`;
  if (code === "EACCES") return `Port ${port} is for programs with more rights. Choose one from 1024 up with --port.`;
  if (/^(?:EADDRNOTAVAIL|EAFNOSUPPORT|ENOTFOUND|EAI_\w+)$/.test(code))
    return `This machine has no interface ${host}. Choose another one with --host.`;
  return `Port ${port} of ${host} cannot be opened: ${code}.`;
}

/** Ends a server and its connections. */
export async function closeHttpServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Responds to a request that no operation gets to see. */
export function rejectRequest(response: ServerResponse, error: RequestError): void {
  const { body, headers } = messageOf(error);
  response.writeHead(error.status, headers).end(body);
}

/** Responds where no request could be parsed, and ends the connection. */
function end(socket: Socket, error: RequestError): void {
  const { body, headers } = messageOf(error);
  const head = Object.entries({ ...headers, Connection: "close" }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${head.join("")}\r\n${body}`);
  linger(socket);
}

function messageOf({ status, problems }: RequestError) {
  const body = JSON.stringify(errorBody(status, problems));
  const length = Buffer.byteLength(body);
  return { body, headers: { "Content-Type": "application/json", "Content-Length": length, ...CORS_HEADERS } };
}

/** Ends a connection a little later: closed with bytes unread, it would lose the response. */
function linger(socket: Socket): void {
  socket.end();
  socket.setTimeout(LINGER, () => socket.destroy());
}
