import { describe, expect, inject, test } from "vitest";
import { Angelcam, AuthenticationError, bearerToken, NotFoundError } from "../../src/index.ts";
import { json, recordingFetch } from "../support/fake-angelcam.ts";

function client(): Angelcam {
  const auth = bearerToken("1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ");
  return new Angelcam({ auth, baseUrl: inject("prismOrigin"), retry: false });
}

describe("withResponse", () => {
  test("returns the data and its response", async () => {
    const { data, response } = await client().me.get().withResponse();
    expect(data.email).toBe("user@example.com");
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toContain("application/json");
  });

  test("of a list returns its first page", async () => {
    const { data, response } = await client().cameras.list({ limit: 5 }).withResponse();
    expect(data.results.length).toBeGreaterThan(0);
    expect(data.count).toBeGreaterThanOrEqual(data.results.length);
    expect(response.ok).toBe(true);
  });

  test("sends one request, however often it is called", async () => {
    const fetch = recordingFetch(() => json({ id: 1234 }));
    const call = new Angelcam({ auth: bearerToken("abc"), fetch }).me.get();
    const [data, first, second] = await Promise.all([call, call.withResponse(), call.withResponse()]);
    expect(first.data).toBe(data);
    expect(second.response).toBe(first.response);
    expect(fetch.requests).toHaveLength(1);
  });

  test("rejects with the same error as the call", async () => {
    const call = client().cameras.get(7, {}, { headers: { Prefer: "code=404" } });
    await expect(call.withResponse()).rejects.toThrow(NotFoundError);
    await expect(call).rejects.toThrow(NotFoundError);
  });
});

describe("angelcam.api", () => {
  test("returns { data, response } on success, with the client's credential", async () => {
    const { data, error, response } = await client().api.GET("/v1/cameras/{camera_id}/", {
      params: { path: { camera_id: 20311 } },
    });
    expect(data?.streams.length).toBeGreaterThan(0);
    expect(error).toBeUndefined();
    expect(response.status).toBe(200);
  });

  test("returns { error, response } and does not throw for an error response", async () => {
    const { data, error, response } = await client().api.GET("/v1/cameras/{camera_id}/", {
      params: { path: { camera_id: 20311 } },
      headers: { Prefer: "code=404" },
    });
    expect(data).toBeUndefined();
    expect(error).toMatchObject({ title: "not_found", status: 404 });
    expect(response.status).toBe(404);
  });

  test("sends a form where the document says so", async () => {
    const { data } = await client().api.POST("/oauth/token/", {
      body: { grant_type: "password", client_id: "abc", username: "user@example.com", password: "secret" },
    });
    expect(data?.token_type).toBe("Bearer");
  });

  test("joins lists in the query with commas, like the methods", async () => {
    const fetch = recordingFetch(() => json({ count: 0, next: null, previous: null, results: [] }));
    const angelcam = new Angelcam({ auth: bearerToken("abc"), fetch });
    await angelcam.api.GET("/v1/cameras/", { params: { query: { ids: [1, 2] } } });
    expect(fetch.requests.map(({ url }) => url)).toEqual(["https://api.angelcam.com/v1/cameras/?ids=1,2"]);
  });

  test("sends no token to the token endpoint", async () => {
    const fetch = recordingFetch(() => json({}));
    const angelcam = new Angelcam({ auth: bearerToken("abc"), fetch });
    await angelcam.api.POST("/oauth/token/", {
      body: { grant_type: "refresh_token", client_id: "abc", refresh_token: "def" },
    });
    expect(fetch.requests.map(({ authorization }) => authorization)).toEqual([null]);
  });

  test("rejects a path that the document does not have, before a request is sent", async () => {
    const fetch = recordingFetch(() => json({}));
    const { api } = new Angelcam({ auth: bearerToken("abc"), fetch });
    // @ts-expect-error the slash is missing
    await expect(api.GET("/v1/me")).rejects.toThrow(/GET \/v1\/me is not an operation/);
    expect(fetch.requests).toEqual([]);
  });

  test("without a credential returns the 401 unchanged", async () => {
    const angelcam = new Angelcam({ baseUrl: inject("prismOrigin"), retry: false });
    expect((await angelcam.api.GET("/v1/me/")).response.status).toBe(401);
    await expect(angelcam.me.get()).rejects.toThrow(AuthenticationError);
  });
});
