import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createServer as createTlsServer } from "node:tls";

/** A server whose only purpose is to fail in one way. */
export interface OutageServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves every request with these bytes, then ends, resets or holds the connection. */
export function rawOutage(bytes: string, ending: "end" | "reset" | "hang"): Promise<OutageServer> {
  return listen(
    createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => {
        if (bytes) socket.write(bytes);
        if (ending === "end") socket.end();
        if (ending === "reset") setImmediate(() => socket.resetAndDestroy());
      });
    }),
    "http",
  );
}

/** Serves one request well, keeps the connection open, and resets it at the second request. */
export function resetsReusedConnection(): Promise<OutageServer> {
  return listen(
    createServer((socket) => {
      socket.on("error", () => {});
      let requests = 0;
      socket.on("data", () => {
        if (++requests === 1)
          socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}");
        else socket.resetAndDestroy();
      });
    }),
    "http",
  );
}

/** Speaks plain http at an https address. */
export function plainHttpOnTls(): Promise<OutageServer> {
  return listen(
    createHttpServer((_, response) => response.end("plain")),
    "https",
  );
}

/** Closes each TLS connection in the middle of the handshake. */
export function cutHandshake(): Promise<OutageServer> {
  return listen(
    createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end());
    }),
    "https",
  );
}

/** Has a certificate that no client trusts. */
export function untrustedTls(certificate: Certificate, host: "127.0.0.1" | "localhost"): Promise<OutageServer> {
  return listen(
    createTlsServer(certificate, (socket) => {
      socket.on("error", () => {});
      socket.end();
    }),
    "https",
    host,
  );
}

/** An address at which no server listens. */
export async function refusedPort(): Promise<OutageServer> {
  const server = await listen(createServer(), "http");
  await server.close();
  return { origin: server.origin, close: async () => {} };
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A self-signed certificate, made by openssl; undefined where that is missing. */
export function makeCertificate(): Certificate | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), "angelcam-tls-"));
  const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-days", "2", "-nodes"];
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-keyout", key, "-out", cert, ...subject];
  try {
    if (spawnSync("openssl", args, { stdio: "ignore" }).status !== 0) return undefined;
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function listen(server: Server, scheme: "http" | "https", host = "127.0.0.1"): Promise<OutageServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    origin: `${scheme}://${host}:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
