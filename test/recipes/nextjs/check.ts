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
