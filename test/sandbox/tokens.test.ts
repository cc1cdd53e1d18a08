import { describe, expect, test } from "vitest";
import type { OAuthToken } from "../../generated/schema.ts";
import { get, postToken, refresh, signIn, stillSandbox } from "./support.ts";

const DAY = 86_400_000;
const redirectUri = "https://app.example.com/callback";

async function tokens(pending: Promise<Response>): Promise<OAuthToken> {
  return (await (await pending).json()) as OAuthToken;
}

async function errorOf(pending: Promise<Response>): Promise<[number, unknown]> {
  const response = await pending;
  return [response.status, ((await response.json()) as { error?: unknown }).error];
}

describe("a refresh token", () => {
  test("works once and ends all earlier tokens of its session", async () => {
    const sandbox = stillSandbox();
    const one = await tokens(signIn(sandbox));
    const two = await tokens(refresh(sandbox, one.refresh_token));
    expect((await get(sandbox, "/v1/me/", one.access_token)).status).toBe(401);
    expect((await get(sandbox, "/v1/me/", two.access_token)).status).toBe(200);
    expect(sandbox.tokenReuses).toBe(0);
  });

  test("that comes a second time ends the whole session", async () => {
    const sandbox = stillSandbox();
    const one = await tokens(signIn(sandbox));
    const two = await tokens(refresh(sandbox, one.refresh_token));
    expect(await errorOf(refresh(sandbox, one.refresh_token))).toEqual([400, "invalid_grant"]);
    expect((await get(sandbox, "/v1/me/", two.access_token)).status).toBe(401);
    expect(await errorOf(refresh(sandbox, two.refresh_token))).toEqual([400, "invalid_grant"]);
    expect(sandbox.tokenReuses).toBe(1);
  });

  test("does no harm to another session of the account", async () => {
    const sandbox = stillSandbox();
    const [one, other] = [sandbox.tokens.signIn(), sandbox.tokens.signIn()];
    await refresh(sandbox, one.refresh_token);
    await refresh(sandbox, one.refresh_token);
    expect((await get(sandbox, "/v1/me/", other.access_token)).status).toBe(200);
  });

  test("works for 30 days, counted again from each use", async () => {
    const sandbox = stillSandbox();
    const one = sandbox.tokens.signIn();
    sandbox.clock.advance(30 * DAY - 1);
    const two = await tokens(refresh(sandbox, one.refresh_token));
    sandbox.clock.advance(30 * DAY);
    expect(await errorOf(refresh(sandbox, two.refresh_token))).toEqual([400, "invalid_grant"]);
    expect(sandbox.tokenReuses).toBe(0);
  });

  test("works for its own client only", async () => {
    const sandbox = stillSandbox({ clients: [{ clientId: "first" }, { clientId: "second" }] });
    const { refresh_token } = sandbox.tokens.signIn();
    const fields = { grant_type: "refresh_token", refresh_token, client_id: "second" };
    expect(await errorOf(postToken(sandbox, fields))).toEqual([400, "invalid_grant"]);
  });

  test("works no more when the session was revoked, and revoking twice succeeds too", async () => {
    const sandbox = stillSandbox();
    const { access_token, refresh_token } = sandbox.tokens.signIn();
    for (let time = 0; time < 2; time++) {
      const response = await postToken(sandbox, { token: refresh_token }, "/oauth/token-revoke/");
      expect([response.status, await response.text()]).toEqual([200, ""]);
    }
    expect((await get(sandbox, "/v1/me/", access_token)).status).toBe(401);
    expect(await errorOf(refresh(sandbox, refresh_token))).toEqual([400, "invalid_grant"]);
  });
});

describe("an access token", () => {
  test("works for accessTokenLifetime seconds by the sandbox's clock", async () => {
    const sandbox = stillSandbox({ accessTokenLifetime: 60 });
    const { access_token, expires_in } = await tokens(signIn(sandbox));
    expect(expires_in).toBe(60);
    sandbox.clock.advance(59_999);
    expect((await get(sandbox, "/v1/me/", access_token)).status).toBe(200);
    sandbox.clock.advance(1);
    expect((await get(sandbox, "/v1/me/", access_token)).status).toBe(401);
  });

  test("works for ten hours by default", () => {
    expect(stillSandbox().tokens.signIn().expires_in).toBe(36_000);
  });

  test("can be expired by the test, and the refresh token goes on", async () => {
    const sandbox = stillSandbox();
    const one = sandbox.tokens.signIn();
    sandbox.expireAccessTokens();
    expect((await get(sandbox, "/v1/me/", one.access_token)).status).toBe(401);
    expect((await refresh(sandbox, one.refresh_token)).status).toBe(200);
  });
});

describe("a test", () => {
  test("can expire refresh tokens and end sessions", async () => {
    const sandbox = stillSandbox();
    const one = sandbox.tokens.signIn();
    sandbox.tokens.expireRefreshTokens();
    expect(await errorOf(refresh(sandbox, one.refresh_token))).toEqual([400, "invalid_grant"]);
    expect((await get(sandbox, "/v1/me/", one.access_token)).status).toBe(200);
    sandbox.tokens.endSessions();
    expect((await get(sandbox, "/v1/me/", one.access_token)).status).toBe(401);
    expect(sandbox.tokenReuses).toBe(0);
  });

  test("can make and take back personal access tokens", async () => {
    const sandbox = stillSandbox();
    const token = sandbox.tokens.personalAccessToken();
    const send = () =>
      sandbox.fetch("https://api.angelcam.com/v1/me/", { headers: { Authorization: `PersonalAccessToken ${token}` } });
    expect((await send()).status).toBe(200);
    sandbox.clock.advance(10_000 * DAY);
    expect((await send()).status).toBe(200);
    expect(sandbox.tokens.revokePersonalAccessToken(token)).toBe(true);
    expect((await send()).status).toBe(401);
    expect((await get(sandbox, "/v1/me/", token)).status).toBe(401);
  });
});

describe("a code", () => {
  const clientSecret = "sandbox-client-secret-1";
  const trade = (code: string) => ({
    grant_type: "authorization_code",
    client_secret: clientSecret,
    code,
    redirect_uri: redirectUri,
  });

  test("works once; a second use ends the session that it began", async () => {
    const sandbox = stillSandbox();
    const code = sandbox.authorize({ redirectUri });
    const { access_token } = await tokens(postToken(sandbox, trade(code)));
    expect((await get(sandbox, "/v1/me/", access_token)).status).toBe(200);
    expect(await errorOf(postToken(sandbox, trade(code)))).toEqual([400, "invalid_grant"]);
    expect((await get(sandbox, "/v1/me/", access_token)).status).toBe(401);
    expect(sandbox.tokenReuses).toBe(1);
  });

  test("works for ten minutes, for its redirect address, and with the secret", async () => {
    const sandbox = stillSandbox();
    const elsewhere = { ...trade(sandbox.authorize({ redirectUri })), redirect_uri: "https://elsewhere.example.com/" };
    expect(await errorOf(postToken(sandbox, elsewhere))).toEqual([400, "invalid_grant"]);
    const wrong = { ...trade(sandbox.authorize({ redirectUri })), client_secret: "wrong" };
    expect(await errorOf(postToken(sandbox, wrong))).toEqual([401, "invalid_client"]);
    const { client_secret: _, ...without } = trade(sandbox.authorize({ redirectUri }));
    expect(await errorOf(postToken(sandbox, without))).toEqual([400, "invalid_request"]);
    const late = sandbox.authorize({ redirectUri });
    sandbox.clock.advance(600_000);
    expect(await errorOf(postToken(sandbox, trade(late)))).toEqual([400, "invalid_grant"]);
  });

  test("returns the scopes and the account that were agreed to", async () => {
    const sandbox = stillSandbox({ accounts: 2 });
    const [, second] = sandbox.accounts;
    if (!second) throw new Error("There is no second account");
    const code = sandbox.authorize({ redirectUri, account: second, scope: "user_access" });
    const { access_token, scope } = await tokens(postToken(sandbox, trade(code)));
    expect(scope).toBe("user_access");
    expect(await (await get(sandbox, "/v1/me/", access_token)).json()).toMatchObject({ email: second.username });
    expect((await get(sandbox, "/v1/cameras/", access_token)).status).toBe(403);
  });

  test("comes back from the consent page, with the state", async () => {
    const sandbox = stillSandbox();
    const query = new URLSearchParams({
      response_type: "code",
      client_id: sandbox.client.clientId,
      redirect_uri: redirectUri,
      scope: "user_access",
      state: "st4te",
    });
    const page = `https://my.angelcam.com/oauth/authorize/?${query}`;
    const response = await sandbox.fetch(page, { redirect: "manual" });
    const back = new URL(response.headers.get("Location") ?? "");
    expect([response.status, back.origin, back.searchParams.get("state")]).toEqual([
      302,
      "https://app.example.com",
      "st4te",
    ]);
    expect((await postToken(sandbox, trade(back.searchParams.get("code") ?? ""))).status).toBe(200);
    const unknown = await sandbox.fetch(page.replace(sandbox.client.clientId, "unknown"), { redirect: "manual" });
    expect([unknown.status, unknown.headers.get("Content-Type")]).toEqual([400, "text/html"]);
  });
});

describe("the token endpoint", () => {
  test("responds in the form of OAuth to each kind of mistake", async () => {
    const sandbox = stillSandbox({
      clients: [{ clientId: "limited", grants: ["password"], scopes: ["user_access", "camera_access"] }],
      quota: false,
    });
    const mistakes: [Record<string, string>, number, string][] = [
      [{ password: "wrong" }, 400, "invalid_grant"],
      [{ username: "nobody@example.com" }, 400, "invalid_grant"],
      [{ username: "" }, 400, "invalid_request"],
      [{ grant_type: "" }, 400, "unsupported_grant_type"],
      [{ grant_type: "implicit" }, 400, "unsupported_grant_type"],
      [{ client_id: "unknown" }, 401, "invalid_client"],
      [{ client_secret: "wrong" }, 401, "invalid_client"],
      [{ scope: "no_such_scope" }, 400, "invalid_scope"],
      [{ scope: "camera_delete" }, 400, "invalid_scope"],
      [{ nickname: "Lena" }, 400, "invalid_request"],
    ];
    for (const [fields, status, error] of mistakes) {
      expect(await errorOf(signIn(sandbox, fields)), JSON.stringify(fields)).toEqual([status, error]);
    }
    expect(await errorOf(refresh(sandbox, "unknown"))).toEqual([400, "unauthorized_client"]);
    expect((await tokens(signIn(sandbox))).scope).toBe("user_access camera_access");
  });

  test("takes multipart forms, and no other body", async () => {
    const sandbox = stillSandbox();
    const { username, password } = sandbox.account;
    const fields = { client_id: sandbox.client.clientId, grant_type: "password", username, password };
    const send = (body: BodyInit, type?: string) =>
      sandbox.fetch("https://my.angelcam.com/oauth/token/", {
        method: "POST",
        body,
        ...(type ? { headers: { "Content-Type": type } } : {}),
      });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    expect((await send(form)).status).toBe(200);
    expect(await errorOf(send(JSON.stringify(fields), "application/json"))).toEqual([415, "invalid_request"]);
    expect(await errorOf(send("nonsense", "multipart/form-data; boundary=x"))).toEqual([400, "invalid_request"]);
    expect(
      await errorOf(send(`${new URLSearchParams(fields)}&username=twice`, "application/x-www-form-urlencoded")),
    ).toEqual([400, "invalid_request"]);
  });

  test("returns the requested scopes, and read write for all", async () => {
    const sandbox = stillSandbox();
    expect((await tokens(signIn(sandbox))).scope).toBe("read write");
    expect((await tokens(signIn(sandbox, { scope: "user_access" }))).scope).toBe("user_access");
  });
});
