import { once } from "node:events";
import { readFile, realpath } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

/** A server of the documentation. It ends with `stop()` or at the end of an `await using` block. */
export interface DocsServer extends AsyncDisposable {
  /** `http://127.0.0.1:8080`. */
  readonly origin: string;
  stop(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".yaml": "application/yaml",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves a folder to this machine and no other. A file is read for each request, so that a new build shows.
 *
 * @param port 0 for any free one.
 * @throws Error with the code EADDRINUSE when the port is taken.
 */
export async function serveDocs(folder: string, port: number): Promise<DocsServer> {
  const server = createServer(async ({ method = "", url = "" }, response) => {
    const file = fileFor(folder, url);
    const type = file && TYPES[path.extname(file)];
    const text = file && type && (await readWithin(folder, file).catch(() => undefined));
    if (text === undefined) response.writeHead(404).end();
    else if (!["GET", "HEAD"].includes(method)) response.writeHead(405, { Allow: "GET, HEAD" }).end();
    else response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" }).end(text);
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

/** The file of a request target in any form; undefined for one outside of the folder, or hidden. */
function fileFor(folder: string, target: string): string | undefined {
  const [address = ""] = target.replace(/^https?:\/\/[^/?#]*/i, "").split(/[?#]/);
  const words = decode(address);
  if (words === undefined || words.includes("\0")) return undefined;
  const file = path.join(folder, words.endsWith("/") || words === "" ? `${words}index.html` : words);
  const within = path.relative(folder, file);
  return within.split(path.sep).some((name) => name.startsWith(".")) ? undefined : file;
}

/** Reads a file, unless a symbolic link leads out of the folder. */
async function readWithin(folder: string, file: string): Promise<Buffer | undefined> {
  const [top, real] = await Promise.all([realpath(folder), realpath(file)]);
  return real.startsWith(top + path.sep) ? readFile(real) : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
