import { createServer, type Socket } from "node:net";

/** The bytes to write to the socket for each request; an empty string and `end` produce faults that HTTP servers never do. */
export interface RawResponse {
  /** Bytes to send, in turn. */
  readonly chunks?: readonly (string | Uint8Array)[];
  /** The state of the connection afterwards. */
  readonly ending?: "end" | "reset" | "hang";
}

/** A TCP server that responds to every HTTP request with the bytes of `respond`, and counts them. */
export async function rawServer(respond: (index: number) => RawResponse): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    let seen = "";
    socket.on("data", (data) => {
      seen += data.toString("latin1");
      const [head = "", body] = seen.split("\r\n\r\n", 2);
      const expected = Number(head.match(/^content-length: (\d+)/im)?.[1] ?? 0);
      if (body === undefined || body.length < expected) return;
      seen = "";
      const { chunks = [], ending = "end" } = respond(requests++);
      for (const chunk of chunks) socket.write(chunk);
      if (ending === "end") socket.end();
      if (ending === "reset") socket.resetAndDestroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface RawServer extends AsyncDisposable {
  readonly origin: string;
  readonly requests: number;
}

/** The text of an HTTP response. */
export function http(status: number, body: string, headers: Record<string, string> = {}): string {
  const all = {
    "Content-Type": "application/json",
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "close",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} X\r\n${lines.join("")}\r\n${body}`;
}
