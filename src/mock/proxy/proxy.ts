import type { Server, ServerResponse } from "node:http";
import { CORS_HEADERS } from "../../base/cors.ts";
import { closeHttpServer, createHttpServer, listenAt, listenProblem } from "../../http/http-server.ts";
import { PrismError } from "../prism-error.ts";
import type { MockDocument } from "./operations.ts";
import { type MockResponse, respond, responseOfRejection } from "./response.ts";
import type { Upstream } from "./upstream.ts";

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
  const server = createHttpServer((request, response) => {
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
          responseOfRejection({ status: 500, detail: `The mock has a fault: ${(error as Error).message}` }),
        );
        onFault(error);
      },
    );
  });
  const origin = await listen(server, port, host);
  return {
    origin,
    port: Number(new URL(origin).port),
    async [Symbol.asyncDispose]() {
      await closeHttpServer(server);
      upstream.close();
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<string> {
  try {
    return await listenAt(server, port, host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") throw portTaken(port);
    const problem = listenProblem(error as Error, port, host);
    throw problem === undefined ? error : new PrismError("not-started", problem);
  }
}

/** The requested port belongs to another program. */
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
