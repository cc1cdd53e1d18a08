import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { openChromium } from "../support/chromium.ts";
import { bundleSuite } from "./bundle-suite.ts";
import type { InstalledPackage } from "./installed-package.ts";
import { QUICK_START } from "./run-program.ts";
import type { Result } from "./runtimes.ts";
import type { Surroundings } from "./surroundings.ts";

/** Runs the suite in a page of Chromium. */
export async function runInBrowser(
  installed: InstalledPackage,
  surroundings: Surroundings,
): Promise<readonly Result[]> {
  const script = await readFile(await bundleSuite(installed, "page.js"));
  await using site = await serve(script, surroundings.sandboxOrigin);
  await using browser = await openChromium();
  const page = await browser.newPage();
  await page.goto(`${site.origin}/suite.html`);
  return await page.evaluate(
    (around) => (globalThis as unknown as { runSuite: (around: unknown) => Promise<Result[]> }).runSuite(around),
    { ...surroundings, sandboxOrigin: site.origin },
  );
}

/** A page has no environment; a build for the browser adds one, as here. */
const PAGE = `<!doctype html>
<meta charset="utf-8">
<title>Suite</title>
<script>globalThis.process = { env: ${JSON.stringify(QUICK_START)} };</script>
<script type="module" src="/suite.js"></script>
`;

/** The page, and behind the same origin the sandbox: a browser sends a preflight request before it calls another one. */
async function serve(script: Buffer, sandboxOrigin: string): Promise<{ origin: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    if (request.url === "/suite.html") response.setHeader("Content-Type", "text/html").end(PAGE);
    else if (request.url === "/suite.js") response.setHeader("Content-Type", "text/javascript").end(script);
    else passOn(sandboxOrigin, request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Closes both connections when one of them is closed. */
function passOn(origin: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url } = request;
  const onward = sendRequest(`${origin}${url}`, { method, headers });
  onward.on("response", (incoming) => {
    response.writeHead(incoming.statusCode ?? 502, incoming.headers);
    incoming.on("error", () => response.destroy());
    incoming.pipe(response);
  });
  onward.on("error", () => response.destroy());
  response.on("close", () => onward.destroy());
  request.pipe(onward);
}
