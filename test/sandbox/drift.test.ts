import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandbox, type SandboxListener } from "../../src/sandbox/index.ts";
import { deviations, documented } from "./documented-response.ts";
import { type PrismProxy, startPrismProxy } from "./prism-proxy.ts";

// Sign-in, the account and the reading of cameras; drift-whole-api.slow.test.ts has the rest. Every response goes through `prism proxy --errors`, which turns what breaks the document into a 500, and past a check of
// our own for what Prism lets pass in silence.
const sandbox = createSandbox({ cameras: 250, quota: false });
const tight = createSandbox({ quota: { windows: [{ limit: 1, seconds: 60 }], retryAfter: true } });
const { clientId, clientSecret = "" } = sandbox.client;
const { username, password } = sandbox.account;
const redirectUri = "https://app.example.com/callback";
const everything = `PersonalAccessToken ${sandbox.tokens.personalAccessToken()}`;
const nothing = `Bearer ${sandbox.tokens.signIn({ scope: "orders_access" }).access_token}`;
const cameraId = [...sandbox.cameras][0]?.id;

let servers: SandboxListener[];
let proxies: PrismProxy[];

beforeAll(async () => {
  servers = await Promise.all([sandbox.listen(), tight.listen()]);
  proxies = await Promise.all(servers.map(({ origin }) => startPrismProxy(origin)));
});
afterAll(async () => {
  for (const opened of [...proxies, ...servers]) await opened[Symbol.asyncDispose]();
});

interface Case {
  readonly operation: string;
  readonly status: number;
  readonly path: string;
  readonly authorization?: string;
  /** Fields of the form; what has a form is a POST. */
  readonly form?: Readonly<Record<string, string>>;
  /** Makes the sandbox return this status. */
  readonly fault?: true;
}

const grant = { client_id: clientId, client_secret: clientSecret };
const byPassword = { ...grant, grant_type: "password", username, password };

const cases: readonly Case[] = [
  { operation: "oauth.createToken", status: 200, path: "/oauth/token/", form: byPassword },
  { operation: "oauth.createToken", status: 200, path: "/oauth/token/", form: { ...byPassword, scope: "user_access" } },
  {
    operation: "oauth.createToken",
    status: 200,
    path: "/oauth/token/",
    form: {
      ...grant,
      grant_type: "authorization_code",
      code: sandbox.authorize({ redirectUri }),
      redirect_uri: redirectUri,
    },
  },
  {
    operation: "oauth.createToken",
    status: 200,
    path: "/oauth/token/",
    form: { ...grant, grant_type: "refresh_token", refresh_token: sandbox.tokens.signIn().refresh_token },
  },
  ...[{ password: "wrong" }, { username: "" }, { grant_type: "" }, { grant_type: "implicit" }, { scope: "none" }].map(
    (wrong) => ({
      operation: "oauth.createToken",
      status: 400,
      path: "/oauth/token/",
      form: { ...byPassword, ...wrong },
    }),
  ),
  { operation: "oauth.createToken", status: 401, path: "/oauth/token/", form: { ...byPassword, client_id: "unknown" } },
  { operation: "oauth.createToken", status: 503, path: "/oauth/token/", form: byPassword, fault: true },
  {
    operation: "oauth.revokeToken",
    status: 200,
    path: "/oauth/token-revoke/",
    form: { ...grant, token: sandbox.tokens.signIn().refresh_token },
  },
  { operation: "oauth.revokeToken", status: 400, path: "/oauth/token-revoke/", form: grant },
  {
    operation: "oauth.revokeToken",
    status: 401,
    path: "/oauth/token-revoke/",
    form: { client_id: "unknown", token: "unknown" },
  },
  {
    operation: "oauth.revokeToken",
    status: 503,
    path: "/oauth/token-revoke/",
    form: { ...grant, token: "x" },
    fault: true,
  },
  { operation: "oauth.authorize", status: 302, path: authorizePath(clientId) },
  { operation: "oauth.authorize", status: 302, path: authorizePath(clientId, "no_such_scope") },
  { operation: "oauth.authorize", status: 400, path: authorizePath("unknown") },
  { operation: "oauth.authorize", status: 400, path: "/oauth/authorize/" },
  { operation: "oauth.authorize", status: 503, path: authorizePath(clientId), fault: true },
  ...signedIn("me.get", "/v1/me/", [200, 401, 403, 503]),
  ...signedIn("cameras.list", "/v1/cameras/", [200, 401, 403, 503]),
  ...["?limit=5", "?offset=200", "?offset=1000", "?tags=outdoor&ids=20311&has_guests=0", "?refresh_rate=0.1"].flatMap(
    (query) => signedIn("cameras.list", `/v1/cameras/${query}`, [200]),
  ),
  ...["?limit=0", "?limit=101&offset=-1", "?limt=5", "?ids=x", "?stream_expires_at=tomorrow"].flatMap((query) =>
    signedIn("cameras.list", `/v1/cameras/${query}`, [400]),
  ),
  ...signedIn("cameras.get", `/v1/cameras/${cameraId}/`, [200, 401, 403, 503]),
  ...signedIn("cameras.get", `/v1/cameras/${cameraId}/?max_width=0`, [400]),
  ...signedIn("cameras.get", "/v1/cameras/1/", [404]),
];

test.each(cases)("%# $operation returns $status as documented at $path", async (one) => {
  if (one.fault) sandbox.faults.add({ status: one.status });
  // Prism follows a redirect itself instead of showing it, so those responses go past it.
  const origin = one.status === 302 ? servers[0]?.origin : proxies[0]?.origin;
  const response = await send(origin, one);
  expect([response.status, response.headers.get("sl-violations")]).toEqual([one.status, null]);
  const [last] = sandbox.requests.slice(-1);
  expect([last?.operation, last?.status]).toEqual([one.operation, one.status]);
  expect(await deviations(one.operation, response)).toEqual([]);
});

test.each([
  { operation: "me.get", path: "/v1/me/" },
  { operation: "cameras.list", path: "/v1/cameras/" },
  { operation: "cameras.get", path: `/v1/cameras/${cameraId}/` },
])(
  "$operation returns 401 as documented when there is no token, which Prism would not forward",
  async ({ operation, path }) => {
    const response = await fetch(`${servers[0]?.origin}${path}`);
    expect(response.status).toBe(401);
    expect(await deviations(operation, response)).toEqual([]);
  },
);

test.each<Omit<Case, "status">>([
  { operation: "oauth.createToken", path: "/oauth/token/", form: byPassword },
  {
    operation: "oauth.revokeToken",
    path: "/oauth/token-revoke/",
    form: { ...grant, token: tight.tokens.signIn().refresh_token },
  },
  { operation: "me.get", path: "/v1/me/" },
  { operation: "cameras.list", path: "/v1/cameras/" },
  { operation: "cameras.get", path: "/v1/cameras/20311/" },
])("$operation returns 429 as documented when the quota is used up", async (one) => {
  const authorization = `Bearer ${tight.tokens.signIn().access_token}`;
  await tight.fetch("https://api.angelcam.com/v1/me/", { headers: { Authorization: authorization } });
  const response = await send(proxies[1]?.origin, { ...one, authorization });
  expect([response.status, response.headers.get("Retry-After")]).toEqual([429, expect.stringMatching(/^\d+$/)]);
  expect(await deviations(one.operation, response)).toEqual([]);
});

test("of these operations no documented status is left out", () => {
  const tested = new Set(cases.map(({ operation }) => operation));
  const seen = new Set(cases.map(({ operation, status }) => `${operation} ${status}`));
  const wanted = documented
    .filter(({ id }) => tested.has(id))
    .flatMap(({ id, statuses }) => statuses.map((status) => `${id} ${status}`));
  // The quota has tests of its own above; a consent page belongs to no account, so nothing counts it.
  expect(wanted.filter((one) => !seen.has(one) && !one.endsWith(" 429"))).toEqual([]);
});

test("Prism sees a response that breaks the document", async () => {
  sandbox.faults.add({ status: 200, body: { id: "not a number", email: username } });
  const response = await send(proxies[0]?.origin, { operation: "me.get", path: "/v1/me/", authorization: everything });
  expect([response.status, await response.json()]).toEqual([
    500,
    expect.objectContaining({ title: "Request/Response not valid" }),
  ]);
});

test("the check behind Prism sees what Prism lets pass", async () => {
  const body = (value: unknown, status: number) => Response.json(value, { status });
  expect(await deviations("me.get", body({}, 418))).toEqual(["me.get does not declare 418"]);
  expect(await deviations("me.get", body({ id: "x" }, 200))).toHaveLength(2);
  expect(await deviations("me.get", new Response("<p>", { headers: { "Content-Type": "text/html" } }))).toHaveLength(1);
  expect(await deviations("oauth.revokeToken", body({}, 200))).toHaveLength(1);
});

function send(origin = "", { path, authorization, form }: Omit<Case, "status">): Promise<Response> {
  return fetch(origin + path, {
    redirect: "manual",
    headers: authorization ? { Authorization: authorization } : {},
    ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
  });
}

function signedIn(operation: string, path: string, statuses: readonly number[]): Case[] {
  const tokens: Record<number, string> = { 401: "Bearer wrong", 403: nothing };
  return statuses.map((status) => ({
    operation,
    path,
    status,
    authorization: tokens[status] ?? everything,
    ...(status === 503 ? { fault: true } : {}),
  }));
}

function authorizePath(client: string, scope = "user_access"): string {
  const query = { response_type: "code", client_id: client, redirect_uri: redirectUri, scope, state: "x" };
  return `/oauth/authorize/?${new URLSearchParams(query)}`;
}
