import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of the documentation. It ends with `stop()` or at the end of an `await using` block. */
export interface DocsServer extends AsyncDisposable {
  /** `http://127.0.0.1:8080`. */
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * Serves one page to this machine and no other. The file is read anew for each request, so that a new build shows.
 *
 * @param port 0 for any free one.
 * @throws Error with the code EADDRINUSE when the port is taken.
 */
export async function serveDocs(page: string, port: number): Promise<DocsServer> {
  const server = createServer(async ({ method = "", url = "" }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const html = ["/", "/index.html"].includes(pathname) && (await readFile(page).catch(() => undefined));
    if (!html) response.writeHead(404).end();
    else if (!["GET", "HEAD"].includes(method)) response.writeHead(405, { Allow: "GET, HEAD" }).end();
    else response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" }).end(html);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    server.closeAllConnections();
    server.close();
  };
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
