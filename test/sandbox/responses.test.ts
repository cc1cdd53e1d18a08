import { describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { get } from "./support.ts";

describe("an error", () => {
  test("401 comes with WWW-Authenticate and distinguishes a missing token from a wrong one", async () => {
    const sandbox = createSandbox();
    const missing = await sandbox.fetch("https://api.angelcam.com/v1/me/");
    expect([missing.status, missing.headers.get("WWW-Authenticate"), await missing.json()]).toEqual([
      401,
      'Bearer realm="api"',
      { title: "not_authenticated", detail: "Authentication credentials were not provided.", status: 401 },
    ]);
    const wrong = await get(sandbox, "/v1/me/", "wrong");
    expect(await wrong.json()).toMatchObject({ detail: "The token is not valid or has expired." });
  });

  test("403 comes for a scope that the token lacks", async () => {
    const sandbox = createSandbox();
    const { access_token } = sandbox.tokens.signIn({ scope: "camera_access" });
    expect((await get(sandbox, "/v1/cameras/", access_token)).status).toBe(200);
    const response = await get(sandbox, "/v1/me/", access_token);
    expect(await response.json()).toMatchObject({ title: "permission_denied", status: 403 });
  });

  test.each(["/v1/cameras/1/", "/v1/cameras/abc/", "/v1/cameras/0/", "/v1/nothing/", "/"])(
    "404 comes for %s",
    async (path) => {
      const sandbox = createSandbox();
      const response = await get(sandbox, path, sandbox.tokens.signIn().access_token);
      expect([response.status, await response.json()]).toEqual([
        404,
        { title: "not_found", detail: "Not found.", status: 404 },
      ]);
    },
  );

  test("404 comes for an operation at the host of another one", async () => {
    const sandbox = createSandbox();
    const headers = { Authorization: `Bearer ${sandbox.tokens.signIn().access_token}` };
    expect((await sandbox.fetch("https://my.angelcam.com/v1/me/", { headers })).status).toBe(404);
    expect((await sandbox.fetch("https://api.angelcam.com/oauth/token/", { method: "POST" })).status).toBe(404);
    expect((await sandbox.fetch("https://api.test.angelcam.com/v1/me/", { headers })).status).toBe(200);
  });

  test("405 comes for a wrong method and names the right ones", async () => {
    const sandbox = createSandbox();
    const { access_token } = sandbox.tokens.signIn();
    const response = await get(sandbox, "/v1/me/", access_token, { method: "PUT" });
    expect([response.status, response.headers.get("Allow"), await response.json()]).toEqual([
      405,
      "GET, DELETE",
      { title: "method_not_allowed", detail: 'Method "PUT" not allowed.', status: 405 },
    ]);
  });

  test("400 lists each wrong parameter, by the schemas of the document", async () => {
    const sandbox = createSandbox();
    const { access_token } = sandbox.tokens.signIn();
    const query =
      "limit=0&offset=-1&ids=1,x&tags=&has_guests=2&max_width=wide&refresh_rate=fast&stream_expires_at=tomorrow";
    const response = await get(sandbox, `/v1/cameras/?${query}`, access_token);
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        title: "invalid",
        detail: [
          { limit: ["Must be 1 or more, got 0."] },
          { offset: ["Must be 0 or more, got -1."] },
          { ids: ['Must be an integer, got "x".'] },
          { tags: [expect.any(String)] },
          { has_guests: ["Must be one of 1, 0, got 2."] },
          { refresh_rate: ['Must be a number, got "fast".'] },
          { max_width: ['Must be an integer, got "wide".'] },
          { stream_expires_at: ['Must be of the format date-time, got "tomorrow".'] },
        ],
        status: 400,
      },
    ]);
    expect((await get(sandbox, "/v1/cameras/?limit=101", access_token)).status).toBe(200);
  });

  test("400 names a parameter that the API does not know, and the one that was meant", async () => {
    const sandbox = createSandbox();
    const response = await get(sandbox, "/v1/cameras/?limt=5", sandbox.tokens.signIn().access_token);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { detail: [{ limt: [expect.stringContaining('Did you mean "limit"?')] }] },
    ]);
  });

  test("400 comes for an address that is not UTF-8", async () => {
    const response = await get(createSandbox(), "/v1/cameras/%E0%A4%A/", "any");
    expect([response.status, await response.json()]).toMatchObject([400, { title: "invalid" }]);
  });

  test("a GET without its slash is redirected, any other request gets an error that says so", async () => {
    const sandbox = createSandbox();
    const { access_token } = sandbox.tokens.signIn();
    const redirect = await get(sandbox, "/v1/cameras?limit=5", access_token, { redirect: "manual" });
    expect([redirect.status, redirect.headers.get("Location"), redirect.headers.get("X-Hint")]).toEqual([
      301,
      "/v1/cameras/?limit=5",
      "Every path of the API ends in a slash: /v1/cameras/",
    ]);
    expect((await get(sandbox, "/v1/me", access_token)).status).toBe(200);
    const deleted = await get(sandbox, "/v1/me", access_token, { method: "DELETE" });
    expect([deleted.status, deleted.headers.get("X-Hint"), await deleted.json()]).toMatchObject([
      404,
      "Every path of the API ends in a slash: /v1/me/",
      { detail: "Every path of the API ends in a slash: /v1/me/" },
    ]);
  });

  test("comes as JSON", async () => {
    const response = await get(createSandbox(), "/v1/me/", "wrong");
    expect(response.headers.get("Content-Type")).toBe("application/json");
  });
});

describe("a name that the sandbox does not know", () => {
  test.each([
    ["an option", () => createSandbox({ camera: 3 } as never), "Did you mean cameras?"],
    ["an option of the quota", () => createSandbox({ quota: { window: [] } } as never), "Did you mean windows?"],
    ["an option of an account", () => createSandbox({ accounts: [{ user: "a" }] } as never), "Known: username"],
    [
      "an operation of a fault",
      () => createSandbox().faults.add({ operation: "cameras.lst" as never, status: 503 }),
      'unknown operation "cameras.lst". Did you mean "cameras.list"?',
    ],
    [
      "an option of a fault",
      () => createSandbox().faults.add({ stauts: 503, status: 503 } as never),
      "Did you mean status?",
    ],
    ["a filter of the log", () => createSandbox().count({ operatoin: "me.get" } as never), "Did you mean operation?"],
    [
      "an operation of a filter",
      () => createSandbox().count({ operation: "me.gett" as never }),
      'Did you mean "me.get"?',
    ],
  ])("%s is rejected with the nearest one", (_, call, message) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });
});

describe("an invalid option", () => {
  test.each([
    { cameras: -1 },
    { cameras: 1.5 },
    { accounts: 0 },
    { accounts: [] },
    { accounts: [{ username: "a@example.com" }, { username: "a@example.com" }] },
    { clients: [] },
    { accessTokenLifetime: 0 },
    { latency: Number.NaN },
    { quota: { windows: [{ limit: 0, seconds: 60 }] } },
    { baseUrl: "localhost" },
  ])("is rejected: %o", (options) => {
    expect(() => createSandbox(options)).toThrow(/createSandbox/);
  });
});
