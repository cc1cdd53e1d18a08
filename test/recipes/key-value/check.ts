import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";
import { expect, test } from "vitest";
import { angelcam } from "../support.ts";
import { keyValueTokenStore } from "./token-store.ts";

test("the next start goes on with the saved tokens, without a password", async () => {
  const sandbox = angelcam({ cameras: 1 });
  const { store } = await import("./session.ts");
  const { username } = sandbox.account;
  const grant = passwordGrant({ username, password: "not needed" });
  const { clientId } = sandbox.client;
  const session = new OAuthSession({ clientId, grant, store: keyValueTokenStore(store, `angelcam:${username}`) });
  expect((await new Angelcam({ auth: session }).me.get()).email).toBe(username);
  expect(sandbox.count({ operation: "oauth.createToken" })).toBe(1);
});
