import { describe, expect, test } from "vitest";
import { Angelcam, authorizationCodeGrant, OAuthSession, passwordGrant, personalAccessToken } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { API } from "./support.ts";

const redirectUri = "https://app.example.com/callback";

describe("the sandbox under our client", () => {
  test("signs in with a password and lists 250 cameras with 3 requests", async () => {
    const sandbox = createSandbox({ cameras: 250 });
    const { username, password } = sandbox.account;
    const session = new OAuthSession({
      clientId: sandbox.client.clientId,
      grant: passwordGrant({ username, password }),
    });
    const angelcam = new Angelcam({ auth: session, fetch: sandbox.fetch });
    expect((await angelcam.me.get()).email).toBe(username);
    const cameras = await angelcam.cameras.list().toArray();
    expect(new Set(cameras.map(({ id }) => id)).size).toBe(250);
    expect(sandbox.count({ operation: "cameras.list", status: 200 })).toBe(3);
    expect(sandbox.count({ operation: "oauth.createToken" })).toBe(1);
  });

  test("signs in with a code that a user has given away", async () => {
    const sandbox = createSandbox();
    const { clientId, clientSecret = "" } = sandbox.client;
    const code = sandbox.authorize({ redirectUri });
    const session = new OAuthSession({ clientId, clientSecret, grant: authorizationCodeGrant({ code, redirectUri }) });
    const angelcam = new Angelcam({ auth: session, fetch: sandbox.fetch });
    expect((await angelcam.me.get()).id).toBe(sandbox.account.profile.id);
  });

  test("takes a personal access token", async () => {
    const sandbox = createSandbox();
    const angelcam = new Angelcam({
      auth: personalAccessToken(sandbox.tokens.personalAccessToken()),
      fetch: sandbox.fetch,
    });
    const [camera] = sandbox.cameras;
    expect((await angelcam.cameras.get(camera?.id ?? 0)).name).toBe(camera?.name);
  });

  test("makes the client refresh when a test expires the access tokens", async () => {
    const sandbox = createSandbox();
    const { username, password } = sandbox.account;
    const session = new OAuthSession({
      clientId: sandbox.client.clientId,
      grant: passwordGrant({ username, password }),
    });
    const angelcam = new Angelcam({ auth: session, fetch: sandbox.fetch });
    await angelcam.me.get();
    sandbox.expireAccessTokens();
    await angelcam.me.get();
    expect(sandbox.count({ grant: "refresh_token", status: 200 })).toBe(1);
    expect(sandbox.tokenReuses).toBe(0);
  });

  test("is reached over HTTP with a baseUrl", async () => {
    const sandbox = createSandbox();
    await using server = await sandbox.listen();
    const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
    const page = await new Angelcam({ auth, baseUrl: server.origin }).cameras.list({ limit: 5 });
    expect(page.next).toBe(`${server.origin}/v1/cameras/?limit=5&offset=5`);
    expect(sandbox.count({ origin: API })).toBe(0);
  });
});
