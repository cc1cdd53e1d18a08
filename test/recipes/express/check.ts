import { expect, test, vi } from "vitest";
import { angelcam, request, serve, webhookTo } from "../support.ts";

test("two users link their accounts, and each sees the cameras of the own one", async () => {
  const sandbox = angelcam({ accounts: 2, cameras: 3 });
  const { app } = await import("./server.ts");
  await using server = await serve(app);
  const get = (path: string, user: string) => request(`${server.origin}${path}`, { headers: { "X-User": user } });
  expect((await get("/cameras", "one")).status).toBe(401);
  const seen: unknown[] = [];
  for (const [index, user] of ["one", "two"].entries()) {
    const link = await get("/angelcam/link", user);
    const url = new URL(link.headers.get("Location") ?? "");
    const redirectUri = url.searchParams.get("redirect_uri") ?? "";
    const account = sandbox.accounts[index] ?? sandbox.account;
    const code = sandbox.authorize({ account, redirectUri });
    const state = url.searchParams.get("state") ?? "";
    expect((await get(`/angelcam/callback?code=${code}&state=${state}`, "somebody else")).status).toBe(403);
    const again = new URL((await get("/angelcam/link", user)).headers.get("Location") ?? "");
    const callback = `/angelcam/callback?code=${code}&state=${again.searchParams.get("state")}`;
    expect(await (await get(callback, user)).json()).toEqual({ linked: account.username });
    seen.push(await (await get("/cameras", user)).json());
  }
  expect(seen[0]).toHaveLength(3);
  expect(seen[1]).toHaveLength(3);
  expect(seen[0]).not.toEqual(seen[1]);
});

test("a user who does not agree is asked to link again, and no token request is spent", async () => {
  const sandbox = angelcam({ cameras: 1 });
  const { app } = await import("./server.ts");
  await using server = await serve(app);
  const headers = { "X-User": "three" };
  const link = await request(`${server.origin}/angelcam/link`, { headers });
  const state = new URL(link.headers.get("Location") ?? "").searchParams.get("state");
  const denied = await request(`${server.origin}/angelcam/callback?error=access_denied&state=${state}`, { headers });
  expect([denied.status, sandbox.count({ operation: "oauth.createToken" })]).toEqual([403, 0]);
});

test("a request without a user gets 401, and a sign-in that was started eleven minutes ago gets 403", async () => {
  const sandbox = angelcam({ cameras: 1 });
  const { app } = await import("./server.ts");
  await using server = await serve(app);
  for (const path of ["/cameras", "/angelcam/link", "/angelcam/callback?code=1&state=1"]) {
    expect((await request(`${server.origin}${path}`)).status).toBe(401);
  }
  const headers = { "X-User": "late" };
  const url = new URL((await request(`${server.origin}/angelcam/link`, { headers })).headers.get("Location") ?? "");
  const code = sandbox.authorize({ redirectUri: url.searchParams.get("redirect_uri") ?? "" });
  const callback = `${server.origin}/angelcam/callback?code=${code}&state=${url.searchParams.get("state")}`;
  const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 660_000);
  expect((await request(callback, { headers })).status).toBe(403);
  clock.mockRestore();
});

test("a signed webhook is taken, a changed one is not", async () => {
  const { app } = await import("./webhooks.ts");
  await using server = await serve(app);
  expect(await webhookTo(`${server.origin}/angelcam/notify`)).toEqual([204, 401]);
});
