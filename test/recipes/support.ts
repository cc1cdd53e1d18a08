import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandbox, type Sandbox, type SandboxOptions } from "angelcam-client/sandbox";
import { vi } from "vitest";
import { BODY, claims, KEY, sign } from "../webhooks/signing.ts";

// What the checks of the recipes share. The programs have no seams for tests: they read the environment and use the
// global `fetch`, which leads to the sandbox here.

const realFetch = globalThis.fetch;

/** Responses of other hosts, by the path or, as `*`, all of them: a text, or what a function returns. */
type Others = Readonly<Record<string, string | ((url: string) => Response)>>;

/** A sandbox behind the global `fetch`, and credentials of it in the environment. */
export function angelcam(options: SandboxOptions, others: (token: string) => Others = () => ({})): Sandbox {
  const sandbox = createSandbox(options);
  const { client, account } = sandbox;
  vi.stubEnv("ANGELCAM_TOKEN", sandbox.tokens.personalAccessToken());
  vi.stubEnv("ANGELCAM_CLIENT_ID", client.clientId);
  vi.stubEnv("ANGELCAM_CLIENT_SECRET", client.clientSecret ?? "");
  vi.stubEnv("ANGELCAM_USERNAME", account.username);
  vi.stubEnv("ANGELCAM_PASSWORD", account.password);
  const responses = others(sandbox.tokens.signIn().access_token);
  vi.stubGlobal("fetch", async (input: string | URL | Request, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : String(input), "http://localhost");
    if (/^(api|my)\.angelcam\.com$/.test(url.hostname)) return sandbox.fetch(input, init);
    const response = responses[url.pathname] ?? responses["*"];
    if (response === undefined) throw new Error(`The recipe sends a request to ${url.host}`);
    return typeof response === "string" ? new Response(response) : response(url.href);
  });
  return sandbox;
}

/** The origin of a server, once it listens. */
export async function originOf(server: { address(): unknown; listening?: boolean }): Promise<string> {
  if (!server.listening) await once(server as Server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server on a free port, closed at the end of the block. */
export async function listen(server: Server): Promise<AsyncDisposable & { readonly origin: string }> {
  server.listen(0, "127.0.0.1");
  const origin = await originOf(server);
  return {
    origin,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Serves an app of Express. */
export function serve(app: RequestListener): ReturnType<typeof listen> {
  return listen(createServer(app));
}

/** A request that really goes over the network, without following redirects. */
export function request(url: string, init: RequestInit = {}): Promise<Response> {
  return realFetch(url, { redirect: "manual", ...init });
}

/** Sends a webhook that is signed now, and the same with another body: the two status codes. */
export async function webhookTo(url: string): Promise<number[]> {
  const signature = sign(claims(BODY, Math.floor(Date.now() / 1000)));
  const headers = { "Content-Type": "application/json", "X-Angelcam-Signature": signature };
  const send = async (body: string) => (await request(url, { method: "POST", headers, body })).status;
  return [await send(BODY), await send(BODY.replace("false", "true"))];
}

vi.stubEnv("ANGELCAM_WEBHOOK_KEY", KEY);
