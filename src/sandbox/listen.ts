// Node only: this file opens a port. Nothing imports it but a dynamic import, so the rest of the sandbox runs anywhere.
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { closeHttpServer, createHttpServer, listenAt, rejectRequest } from "../http/http-server.ts";
import { readAddress } from "../http/read-address.ts";
import type { RequestError } from "../http/request-error.ts";
import { kindOf } from "./fault.ts";
import { ownError } from "./responses.ts";
import type { SandboxListener, SandboxListenOptions } from "./sandbox.ts";
import type { Serve, Served } from "./serve.ts";

/** Serves the sandbox over HTTP. */
export async function listen(
  serve: Serve,
  { port = 0, host = "127.0.0.1" }: SandboxListenOptions = {},
): Promise<SandboxListener> {
  const respond = getRequestListener(
    async (request, { outgoing }) => deliver(await serve(request), outgoing as ServerResponse),
    {
      overrideGlobalObjects: false,
      errorHandler: (error) => ownError(error as Error),
    },
  );
  const server = createHttpServer((incoming, outgoing) => {
    try {
      // A Request would hide what is malformed in the address.
      const { url } = readAddress(incoming.url ?? "", incoming.headers.host);
      // As a URL has it: the listener knows no other form of an IPv6 address.
      incoming.headers.host = url.host;
    } catch (error) {
      return rejectRequest(outgoing, error as RequestError);
    }
    void respond(incoming, outgoing);
  });
  const origin = await listenAt(server, port, host);
  const close = () => closeHttpServer(server);
  return { origin, close, [Symbol.asyncDispose]: close };
}

/** Faults of the connection act on the socket; all others are a response. */
async function deliver({ response, fault }: Served, outgoing: ServerResponse): Promise<Response> {
  const kind = fault && kindOf(fault);
  if (kind === "drop" || kind === "refuse") outgoing.socket?.resetAndDestroy();
  else if (kind === "hang") await once(outgoing, "close");
  else if (kind === "cut") await cut(response, outgoing);
  else if (kind === "body-in-204") bodyBehind204(outgoing);
  else return response;
  return RESPONSE_ALREADY_SENT;
}

async function cut(response: Response, outgoing: ServerResponse): Promise<void> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), "Content-Length": bytes.length });
  outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.socket?.destroySoon());
}

/** Node's own server would leave the body out. */
function bodyBehind204({ socket }: ServerResponse): void {
  socket?.end("HTTP/1.1 204 No Content\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
}
