import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { CORS_HEADERS } from "../../base/cors.ts";
import { PrismError } from "../prism-error.ts";
import type { MockDocument } from "./operations.ts";
import { LONGEST_WAIT } from "./read-body.ts";
import { type MockResponse, respond, responseOfRejection } from "./response.ts";
import type { Upstream } from "./upstream.ts";
import type { MockRejection } from "./validation-error.ts";

// Prism crashes on some requests and never responds to others. The proxy is the port that clients see: it responds to
// every request, and forwards to Prism only well-formed ones.

/** Options of `startProxy`. */
export interface ProxyOptions {
  /** Port to listen on; 0 for any free one. */
  readonly port: number;
  /** Interface to listen on. */
  readonly host: string;
  /** The document. Read for each request, so that it may change. */
  readonly document: () => MockDocument;
  readonly upstream: Upstream;
  /** Called with method, path and status of each response, without secrets. */
  readonly onResponse?: ((line: string) => void) | undefined;
  /** Called with a fault of the proxy itself, which was reported with 500. */
  readonly onFault: (error: unknown) => void;
}

/** A proxy that listens. */
export interface Proxy extends AsyncDisposable {
  /** `http://127.0.0.1:4010`. */
  readonly origin: string;
  readonly port: number;
}

/** Bytes of address and headers together: more than the longest address, so that the proxy can say what is too long. */
const LONGEST_HEADERS = 65_536;

/** Milliseconds between two looks at the requests that take too long. */
const LOOKS = 1_000;

/** Milliseconds for which a connection stays open; longer than the pause between two calls of most programs. */
const KEEP_ALIVE = 60_000;

/** Milliseconds of silence after which a connection that was given up is closed. */
const LINGER = 1_000;

/** Says of an error of Node's parser what was wrong. */
const PARSER_ERRORS: Readonly<Record<string, MockRejection>> = {
  HPE_HEADER_OVERFLOW: { status: 431, detail: `Address and headers are longer than ${LONGEST_HEADERS} bytes.` },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, detail: "The chunk extensions are too long." },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: "The request did not come in time, or is shorter than it says." },
};

const MALFORMED: MockRejection = { status: 400, detail: "This is not a well-formed HTTP request." };

/**
 * Starts the proxy.
 *
 * @throws PrismError when the port is taken.
 */
export async function startProxy({
  port,
  host,
  document,
  upstream,
  onResponse,
  onFault,
}: ProxyOptions): Promise<Proxy> {
  const server = createServer({
    maxHeaderSize: LONGEST_HEADERS,
    requestTimeout: LONGEST_WAIT,
    headersTimeout: LONGEST_WAIT,
    connectionsCheckingInterval: LOOKS,
    keepAliveTimeout: KEEP_ALIVE,
    // Node's own error responses have no body; those of the proxy say what is wrong.
    requireHostHeader: false,
  });
  // A client may end its side behind its request and still wait for the response. Node knows this by that name, its types do not.
  Object.assign(server, { httpAllowHalfOpen: true });
  const pending = new WeakMap<Socket, { request: IncomingMessage; response: ServerResponse }>();

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    pending.set(request.socket, { request, response });
    respond(request, document(), upstream).then(
      (result) => {
        send(response, result);
        onResponse?.(`${request.method} ${request.url?.split("?")[0]} ${result.status}`);
      },
      (error: unknown) => {
        // When a body breaks off, its client is gone or gets the response to the parser's error.
        if (request.errored) return;
        send(
          response,
          responseOfRejection({ status: 500, detail: `The mock has a fault: ${(error as Error).message}` }, "api"),
        );
        onFault(error);
      },
    );
  });
  server.on("checkExpectation", (_request, response: ServerResponse) => {
    send(
      response,
      responseOfRejection({ status: 417, detail: "Of all expectations only 100-continue is met." }, "api"),
    );
  });
  server.on("connect", (_request, socket: Socket) => {
    end(socket, { status: 405, detail: 'Method "CONNECT" not allowed.' });
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

  await listening(server, port, host);
  const { port: chosen } = server.address() as AddressInfo;
  return {
    origin: `http://${host.includes(":") ? `[${host}]` : host}:${chosen}`,
    port: chosen,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      upstream.close();
      await closed;
    },
  };
}

async function listening(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw portTaken(port);
    throw new PrismError("not-started", `The mock cannot listen on port ${port}: ${code}.`);
  }
}

/** The port that was wished for belongs to another program. */
function portTaken(port: number): PrismError {
  return new PrismError(
    "port-taken",
    `Port ${port} is taken by another program. Choose another one, or 0 for any free one.`,
  );
}

function send(response: ServerResponse, { status, headers, body }: MockResponse): void {
  if (response.headersSent || response.destroyed) return;
  const length = status === 204 ? {} : { "Content-Length": Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...CORS_HEADERS, ...length });
  response.end(body);
}

/** Responds where no request could be parsed, and ends the connection. */
function end(socket: Socket, rejection: MockRejection): void {
  const { status, headers, body } = responseOfRejection(rejection, "api");
  const lines = { ...headers, ...CORS_HEADERS, "Content-Length": Buffer.byteLength(body), Connection: "close" };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join("")}\r\n${body}`);
  linger(socket);
}

/** Ends a connection a little later: closed with bytes unread, it would lose the response. */
function linger(socket: Socket): void {
  socket.end();
  socket.setTimeout(LINGER, () => socket.destroy());
}
