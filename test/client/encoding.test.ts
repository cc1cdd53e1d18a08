import { describe, expect, test } from "vitest";
import { Angelcam, OAuthSession, passwordGrant, personalAccessToken } from "../../src/index.ts";
import type { RecordedRequest } from "../support/fake-angelcam.ts";
import { stubbedAngelcam } from "./angelcam-stub.ts";

type Use = (angelcam: Angelcam) => PromiseLike<unknown>;

/** The one request that a call sends. */
async function requestOf(use: Use, options: { space?: string | number } = {}): Promise<RecordedRequest> {
  const fetch = stubbedAngelcam();
  await use(new Angelcam({ auth: personalAccessToken("fe6a3f0c25b8"), fetch, ...options }));
  expect(fetch.requests).toHaveLength(1);
  return fetch.requests[0] as RecordedRequest;
}

describe("the query", () => {
  const search = async (use: Use) => new URL((await requestOf(use)).url).search;

  test("of a list holds its values in one, with commas between them", async () => {
    expect(await search((angelcam) => angelcam.cameras.list({ limit: 5, ids: [1, 2] }))).toBe("?limit=5&ids=1,2");
  });

  test("is escaped, but for those commas", async () => {
    expect(await search((angelcam) => angelcam.cameras.list({ limit: 5, tags: ["a&b", "č d", "e,f"] }))).toBe(
      "?limit=5&tags=a%26b,%C4%8D%20d,e%2Cf",
    );
  });

  test("leaves out what is undefined or null", async () => {
    const nothing = { max_width: undefined, max_height: null } as unknown as { max_width: number };
    expect(await search((angelcam) => angelcam.cameras.get(7, nothing))).toBe("");
  });

  test("keeps 0, which is a value", async () => {
    expect(await search((angelcam) => angelcam.cameras.list({ limit: 5, offset: 0, has_guests: 0 }))).toBe(
      "?limit=5&offset=0&has_guests=0",
    );
  });

  test("holds a Date in UTC", async () => {
    const date = new Date("2026-11-24T19:00:00+01:00");
    expect(await search((angelcam) => angelcam.cameras.get(7, { stream_expires_at: date }))).toBe(
      "?stream_expires_at=2026-11-24T18%3A00%3A00.000Z",
    );
  });
});

test("a path parameter is filled into the path", async () => {
  expect((await requestOf((angelcam) => angelcam.cameras.get(20311))).url).toBe(
    "https://api.angelcam.com/v1/cameras/20311/",
  );
});

describe("the token request", () => {
  const form = {
    grant_type: "password",
    client_id: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
    username: "user+me@example.com",
    password: "s&cret=1 č",
  } as const;

  test("is a form, as the document says", async () => {
    const request = await requestOf((angelcam) => angelcam.oauth.createToken(form));
    expect(request).toMatchObject({ method: "POST", url: "https://my.angelcam.com/oauth/token/" });
    expect(request.headers.get("Content-Type")).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual(form);
  });

  test("carries no credential but its form, although the client has one", async () => {
    const request = await requestOf((angelcam) => angelcam.oauth.createToken(form));
    expect(request.headers.get("Authorization")).toBeNull();
  });

  test("of a session is the one of the quick start", async () => {
    const fetch = stubbedAngelcam();
    const auth = new OAuthSession({
      clientId: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
      grant: passwordGrant({ username: "user@example.com", password: "secret" }),
    });
    await new Angelcam({ auth, fetch }).me.get();
    expect(Object.fromEntries(new URLSearchParams(fetch.requests[0]?.body))).toEqual({
      client_id: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
      grant_type: "password",
      username: "user@example.com",
      password: "secret",
    });
  });
});

describe("a GET", () => {
  test("asks for JSON and has neither body nor content type", async () => {
    const { headers, body } = await requestOf((angelcam) => angelcam.me.get());
    expect(headers.get("Accept")).toBe("application/json");
    expect(headers.get("Content-Type")).toBeNull();
    expect(body).toBe("");
  });

  test("carries the headers that the caller adds", async () => {
    const { headers } = await requestOf((angelcam) => angelcam.me.get({ headers: { "X-Request-Id": "42" } }));
    expect(headers.get("X-Request-Id")).toBe("42");
  });
});

describe("the space", () => {
  const spaceOf = ({ headers }: RecordedRequest) => headers.get("X-Space-Id");

  test("is not named unless the caller does", async () => {
    expect(spaceOf(await requestOf((angelcam) => angelcam.me.get()))).toBeNull();
  });

  test("of the client goes out with each call", async () => {
    expect(spaceOf(await requestOf((angelcam) => angelcam.me.get(), { space: 411 }))).toBe("411");
    expect(spaceOf(await requestOf((angelcam) => angelcam.api.GET("/v1/me/"), { space: "411" }))).toBe("411");
  });

  test("of a call replaces the client's", async () => {
    expect(spaceOf(await requestOf((angelcam) => angelcam.me.get({ space: 412 }), { space: 411 }))).toBe("412");
    expect(spaceOf(await requestOf((angelcam) => angelcam.cameras.list({}, { space: 412 })))).toBe("412");
  });

  test("never goes to the token endpoint", async () => {
    const fetch = stubbedAngelcam();
    const auth = new OAuthSession({ clientId: "abc", grant: passwordGrant({ username: "user", password: "secret" }) });
    await new Angelcam({ auth, fetch, space: 411 }).me.get({ space: 412 });
    expect(fetch.requests.map(spaceOf)).toEqual([null, "412"]);
  });
});

test.each<[string, unknown]>([
  ["an object", { "X-Trace": "7", Accept: undefined }],
  ["pairs", [["X-Trace", "7"]]],
  ["a Map", new Map([["X-Trace", "7"]])],
  ["Headers", new Headers({ "X-Trace": "7" })],
  [
    "Headers of another library",
    {
      *[Symbol.iterator]() {
        yield ["X-Trace", "7"];
      },
    },
  ],
])("headers of a call as %s are sent beside those of the client", async (_, headers) => {
  const request = await requestOf((angelcam) => angelcam.me.get({ headers: headers as Record<string, string> }));
  expect(request.headers.get("X-Trace")).toBe("7");
  expect(request.headers.get("Accept")).toBe("application/json");
});
