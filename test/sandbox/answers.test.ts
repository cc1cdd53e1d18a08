import { describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { get } from "./support.ts";

describe("an error", () => {
  test("401 comes with WWW-Authenticate and tells a missing token from a wrong one", async () => {
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

  test.each([
    "/v1/cameras/1/",
    "/v1/cameras/abc/",
    "/v1/cameras/0/",
    "/v1/nothing/",
    "/v1/me",
    "/",
    "/v1/cameras/%E0%A4%A/",
  ])("404 comes for %s", async (path) => {
    const sandbox = createSandbox();
    const response = await get(sandbox, path, sandbox.tokens.signIn().access_token);
    expect([response.status, await response.json()]).toEqual([
      404,
      { title: "not_found", detail: "Not found.", status: 404 },
    ]);
  });

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
          { limit: ["Ensure this value is greater than or equal to 1."] },
          { offset: ["Ensure this value is greater than or equal to 0."] },
          { ids: ["A valid integer is required."] },
          { tags: ["This field may not be blank."] },
          { has_guests: ["This is not one of the valid choices."] },
          { refresh_rate: ["A valid number is required."] },
          { max_width: ["A valid integer is required."] },
          { stream_expires_at: ["A date and time in UTC is required."] },
        ],
        status: 400,
      },
    ]);
    const large = await get(sandbox, "/v1/cameras/?limit=101", access_token);
    expect(large.status).toBe(200);
  });

  test("does not come for a parameter that the API does not know", async () => {
    const sandbox = createSandbox();
    const response = await get(sandbox, "/v1/cameras/?color=red", sandbox.tokens.signIn().access_token);
    expect(response.status).toBe(200);
  });

  test("comes as JSON", async () => {
    const response = await get(createSandbox(), "/v1/me/", "wrong");
    expect(response.headers.get("Content-Type")).toBe("application/json");
  });
});

describe("an option that makes no sense", () => {
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
  ])("is refused: %o", (options) => {
    expect(() => createSandbox(options)).toThrow(/createSandbox/);
  });
});
