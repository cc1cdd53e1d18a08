import { expect, test } from "vitest";
import { angelcam } from "../support.ts";

test("a user with a linked account sees the cameras with one client, another user is asked to link", async () => {
  const sandbox = angelcam({ cameras: 3 });
  const { GET } = await import("./route.ts");
  const { accounts } = await import("./users.ts");
  const first = sandbox.tokens.signIn().refresh_token;
  await accounts.saveRefreshToken("one", first ?? "");
  const get = (user: string) => GET(new Request("http://localhost/api/cameras", { headers: { "X-User": user } }));
  const [one, again] = await Promise.all([get("one"), get("one")]);
  expect(await one.json()).toHaveLength(3);
  expect(again.status).toBe(200);
  expect((await get("two")).status).toBe(401);
  // One client, so one refresh, whose new token was saved.
  expect(sandbox.count({ operation: "oauth.createToken" })).toBe(1);
  expect(await accounts.refreshTokenOf("one")).not.toBe(first);
});

test("a user whose session has ended links the account again, and a failure of the database is not kept", async () => {
  const sandbox = angelcam({ cameras: 3 });
  const { angelcamOf } = await import("./angelcam.ts");
  const { GET } = await import("./route.ts");
  const { accounts } = await import("./users.ts");
  const get = () => GET(new Request("http://localhost/api/cameras", { headers: { "X-User": "three" } }));
  await accounts.saveRefreshToken("three", "a-token-that-was-revoked");
  expect(await (await get()).json()).toEqual({ code: "session_ended" });
  await accounts.saveRefreshToken("three", sandbox.tokens.signIn().refresh_token ?? "");
  expect((await get()).status).toBe(200);

  const outage = { ...accounts, refreshTokenOf: () => Promise.reject(new Error("no database")) };
  await expect(angelcamOf("four", outage)).rejects.toThrow("no database");
  expect(await angelcamOf("four", accounts)).toBeUndefined();
});

test("a request without a user gets 401, and no client is kept for an empty name", async () => {
  angelcam({ cameras: 1 });
  const { GET } = await import("./route.ts");
  const { accounts } = await import("./users.ts");
  await accounts.saveRefreshToken("", "the token of nobody");
  const statuses = [{}, { "X-User": "" }].map(async (headers) => {
    return (await GET(new Request("http://localhost/api/cameras", { headers }))).status;
  });
  expect(await Promise.all(statuses)).toEqual([401, 401]);
});
