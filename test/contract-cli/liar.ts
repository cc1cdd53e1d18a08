import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandbox } from "../../src/sandbox/index.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

/** An answer on its way; what is changed in it is what the client gets. */
export interface Told {
  status: number;
  type: string;
  body: string;
  headers: Record<string, string>;
}

/** A sandbox over HTTP that tells the truth, but for what the lie changes. */
export interface Liar extends AsyncDisposable {
  readonly origin: string;
  readonly sandbox: Sandbox;
  /** Every request, as `GET /v1/me/`. */
  readonly requests: readonly string[];
  /** Every body that went out. */
  readonly bodies: readonly string[];
}

/** Starts a liar. Ordered clips are ready when somebody looks. */
export async function startLiar(lie: (told: Told, request: string) => void = () => {}): Promise<Liar> {
  const sandbox = createSandbox({
    cameras: 250,
    onRequest: ({ operation }) => {
      if (operation === "cameras.clips.get") sandbox.clock.advance(20_000);
    },
  });
  const requests: string[] = [];
  const bodies: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = "GET", url = "/" } = incoming;
    const request = `${method} ${url}`;
    requests.push(request);
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
    const response = await sandbox.fetch(`${origin}${url}`, { method, headers, ...body });
    const { "content-type": type = "", ...others } = Object.fromEntries(response.headers);
    const told: Told = { status: response.status, type, body: await response.text(), headers: others };
    lie(told, request);
    bodies.push(told.body);
    outgoing.writeHead(told.status, { ...told.headers, ...(told.type ? { "content-type": told.type } : {}) });
    outgoing.end(told.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ origin, sandbox, requests, bodies },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((fulfil) => server.close(fulfil));
    },
  };
}

/** A lie about the JSON of an answer. */
export function inJson(change: (body: Record<string, unknown>) => void): (told: Told) => void {
  return (told) => {
    const body = JSON.parse(told.body);
    change(body);
    told.body = JSON.stringify(body);
    delete told.headers["content-length"];
  };
}
