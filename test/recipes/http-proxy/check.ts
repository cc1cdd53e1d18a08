import { once } from "node:events";
import { createServer, request as requestHttp } from "node:http";
import { connect } from "node:net";
import { expect, test, vi } from "vitest";
import { angelcam, originOf } from "../support.ts";

test("every request goes through the proxy of the environment", async () => {
  const sandbox = angelcam({ cameras: 1 });
  await using listener = await sandbox.listen();
  const targets: string[] = [];
  // Requests as a whole for http, and tunnels, as for https.
  const proxy = createServer((incoming, outgoing) => {
    targets.push(new URL(incoming.url ?? "").host);
    const { method, headers } = incoming;
    incoming.pipe(
      requestHttp(incoming.url ?? "", { method, headers }, (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      }),
    );
  }).on("connect", ({ url = "" }, socket) => {
    targets.push(url);
    const [host, port] = url.split(":");
    const upstream = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  proxy.listen(0, "127.0.0.1");
  const origin = await originOf(proxy);
  for (const name of ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"]) vi.stubEnv(name, origin);
  for (const name of ["NO_PROXY", "no_proxy"]) vi.stubEnv(name, "");
  vi.stubEnv("ANGELCAM_BASE_URL", listener.origin);
  const { angelcam: client } = await import("./proxied.ts");
  const before = targets.length;
  expect((await client.cameras.list()).results).toHaveLength(1);
  expect(before).toBeGreaterThan(0);
  expect(new Set(targets)).toEqual(new Set([new URL(listener.origin).host]));
  proxy.close();
  proxy.closeAllConnections();
  await once(proxy, "close").catch(() => {});
});
