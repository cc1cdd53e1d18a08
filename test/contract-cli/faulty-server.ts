import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createSandbox } from "../../src/sandbox/index.ts";
import type { SandboxOptions } from "../../src/sandbox/options.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

/** A response on its way; a change to it is what the client gets. */
export interface OutgoingResponse {
  status: number;
  type: string;
  body: string;
  /** Sent instead of the body, for one that is encoded. */
  bytes?: Uint8Array;
  headers: Record<string, string>;
}

/** A sandbox over HTTP whose responses are right but for one change. */
export interface FaultyServer extends AsyncDisposable {
  readonly origin: string;
  readonly sandbox: Sandbox;
  /** Every request, as `GET /v1/me/`. */
  readonly requests: readonly string[];
  /** Every body that was sent. */
  readonly bodies: readonly string[];
  /** Every header of the requests that could carry a credential. */
  readonly credentials: readonly string[];
  /** Takes a request over, such as to close its connection: then it returns true. */
  onConnectionRequest?: (request: string, socket: Socket) => boolean;
}

/** Changes a response to a request, `GET /v1/me/`. It may wait. */
export type Change = (
  response: OutgoingResponse,
  request: string,
  origin: string,
  /** Headers of the request. */
  headers?: Readonly<Record<string, string>>,
) => void | Promise<void>;

/** Starts the server. Ordered clips are ready at the first look. */
export async function startFaultyServer(
  change: Change = () => {},
  options: SandboxOptions = {},
): Promise<FaultyServer> {
  const sandbox = createSandbox({
    cameras: 250,
    onRequest: ({ operation }) => {
      if (operation === "cameras.clips.get") sandbox.clock.advance(20_000);
    },
    ...options,
  });
  const requests: string[] = [];
  const bodies: string[] = [];
  const credentials: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = "GET", url = "/" } = incoming;
    const request = `${method} ${url}`;
    requests.push(request);
    if (faulty.onConnectionRequest?.(request, incoming.socket)) return;
    if (incoming.headers.authorization) credentials.push(incoming.headers.authorization);
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
    const right = await sandbox.fetch(`${origin}${url}`, { method, headers, ...body });
    const { "content-type": type = "", ...others } = Object.fromEntries(right.headers);
    const response: OutgoingResponse = { status: right.status, type, body: await right.text(), headers: others };
    await change(response, request, origin, headers);
    bodies.push(response.body);
    const contentType: Record<string, string> = response.type ? { "content-type": response.type } : {};
    outgoing.writeHead(response.status, { ...response.headers, ...contentType });
    outgoing.end(response.bytes ?? response.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const faulty: FaultyServer = {
    ...{ origin, sandbox, requests, bodies, credentials },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return faulty;
}

/** A change to the JSON of a response. */
export function inJson(change: (body: Record<string, unknown>) => void): (response: OutgoingResponse) => void {
  return (response) => {
    const body = JSON.parse(response.body);
    change(body);
    response.body = JSON.stringify(body);
    delete response.headers["content-length"];
  };
}
