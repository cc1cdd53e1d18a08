// Node only: request and response of node:http.
import type { IncomingMessage, ServerResponse } from "node:http";

/** Headers that belong to one connection, or that fetch sets by itself; and those that a decoded body has no more. */
const NOT_FORWARDED: ReadonlySet<string> = new Set([
  ...["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"],
  ...["host", "content-length", "accept-encoding", "content-encoding", "expect"],
]);

/** The headers to send on. */
export function headersToSend({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(headersDistinct)) {
    if (!NOT_FORWARDED.has(name)) for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}

/** The whole body of a request. */
export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Passes an answer on, without the target of a redirect: redocly would follow it, past the proxy. */
export function passOn({ status, headers }: Response, body: string, outgoing: ServerResponse): void {
  const passed = [...headers].filter(([name]) => !NOT_FORWARDED.has(name) && name !== "location");
  outgoing.writeHead(status, Object.fromEntries(passed)).end(body);
}

/** Answers in the server's place, in the form of the API's own errors. */
export function answerInstead(outgoing: ServerResponse, status: number, title: string, detail: string): void {
  outgoing.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ title, detail, status }));
}
