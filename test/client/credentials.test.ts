import { describe, expect, test } from "vitest";
import {
  Angelcam,
  type Auth,
  bearerToken,
  ConnectionError,
  OAuthError,
  OAuthSession,
  passwordGrant,
  personalAccessToken,
} from "../../src/index.ts";
import { account, json, type RecordedRequest, type RecordingFetch, recordingFetch } from "../support/fake-angelcam.ts";
import { stubbedAngelcam, TOKENS } from "./angelcam-stub.ts";

const CLIENT_ID = "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo";

async function headerOf(auth: Auth): Promise<string | null | undefined> {
  const fetch = stubbedAngelcam();
  await new Angelcam({ auth, fetch }).me.get();
  return fetch.requests.at(-1)?.authorization;
}

function signedIn(fetch: RecordingFetch): Angelcam {
  const grant = passwordGrant({ username: "user@example.com", password: "secret" });
  return new Angelcam({ auth: new OAuthSession({ clientId: CLIENT_ID, grant }), fetch, retry: false, quota: false });
}

function isTokenRequest({ url }: RecordedRequest): boolean {
  return url.endsWith("/oauth/token/");
}

/** A server whose token endpoint returns the responses of a list in turn, and the last one from then on. */
function tokenEndpoint(...responses: (() => Response)[]): RecordingFetch {
  let asked = 0;
  return recordingFetch((request) => {
    if (!isTokenRequest(request)) return json(account);
    const respond = responses[Math.min(asked++, responses.length - 1)];
    return (respond as () => Response)();
  });
}

describe("a personal access token", () => {
  test("is sent with its own scheme", async () => {
    expect(await headerOf(personalAccessToken("fe6a3f0c25b8"))).toBe("PersonalAccessToken fe6a3f0c25b8");
  });

  test.each(["PersonalAccessToken fe6a3f0c25b8", "fe6a3f0c25b8\n", "fe6a 3f0c"])("is rejected as %j", (token) => {
    expect(() => personalAccessToken(token)).toThrow(TypeError);
    expect(() => personalAccessToken(token)).not.toThrow(/fe6a/);
  });
});

describe("an invalid token", () => {
  test.each([
    ["", "is empty", "personalAccessToken", "needs a token: a non-empty string"],
    [
      "fe6a 3f0c",
      "holds a space",
      "personalAccessToken",
      'needs the bare token in ASCII: leave out "Bearer", "PersonalAccessToken", spaces and line breaks',
    ],
    [
      "Bearer fe6a",
      "holds its scheme",
      "bearerToken",
      'needs the bare token in ASCII: leave out "Bearer", "PersonalAccessToken", spaces and line breaks',
    ],
  ])("%j is rejected, because it %s", (token, _, name, words) => {
    const make = name === "bearerToken" ? bearerToken : personalAccessToken;
    expect(() => make(token)).toThrow(new TypeError(`${name} ${words}`));
  });

  test("is rejected with the same message where it comes from a function", async () => {
    await expect(bearerToken(() => "").authorization(undefined)).rejects.toThrow(
      new TypeError("bearerToken needs a token: a non-empty string"),
    );
  });
});

describe("a credential that an operation does not take", () => {
  test("costs no request, neither through its method nor by its path", async () => {
    const fetch = stubbedAngelcam();
    const angelcam = new Angelcam({ auth: personalAccessToken("fe6a3f0c25b8"), fetch });
    const message = /^publicCameras\.list does not take PersonalAccessToken: sign in with OAuth2 or BearerToken$/;
    await expect(angelcam.publicCameras.list()).rejects.toThrow(message);
    await expect((async () => angelcam.api.GET("/v1/public-cameras/"))()).rejects.toThrow(message);
    expect(fetch.requests).toHaveLength(0);
  });

  test("is named with all its schemes", async () => {
    const schemes = ["PersonalAccessToken", "Basic"] as unknown as Auth["schemes"];
    const auth: Auth = { schemes, authorization: async () => "Basic abc" };
    await expect(new Angelcam({ auth, fetch: stubbedAngelcam() }).publicCameras.get(7)).rejects.toThrow(
      "publicCameras.get does not take PersonalAccessToken or Basic: sign in with OAuth2 or BearerToken",
    );
  });
});

test("a custom auth without schemes is not checked against those of an operation", async () => {
  const auth = { authorization: async () => "Bearer 1CP9xR6tqp" } as unknown as Auth;
  expect(await headerOf(auth)).toBe("Bearer 1CP9xR6tqp");
});

describe("a bearer token", () => {
  test("is sent with its own scheme", async () => {
    expect(await headerOf(bearerToken("1CP9xR6tqp"))).toBe("Bearer 1CP9xR6tqp");
  });

  test("is rejected with the scheme in front", () => {
    expect(() => bearerToken("Bearer 1CP9xR6tqp")).toThrow(TypeError);
    expect(() => bearerToken("Bearer 1CP9xR6tqp")).not.toThrow(/1CP9/);
  });

  test("is sent in place of an Authorization header of the call", async () => {
    const fetch = stubbedAngelcam();
    await new Angelcam({ auth: bearerToken("1CP9xR6tqp"), fetch }).me.get({
      headers: { authorization: "Bearer other" },
    });
    await new Angelcam({ fetch }).me.get({ headers: { authorization: "Bearer other" } });
    expect(fetch.requests.map(({ authorization }) => authorization)).toEqual(["Bearer 1CP9xR6tqp", "Bearer other"]);
  });

  test("from a function is read for each request", async () => {
    const tokens = ["first", "second"];
    const fetch = stubbedAngelcam();
    const angelcam = new Angelcam({ auth: bearerToken(async () => tokens.shift() ?? ""), fetch });
    await angelcam.me.get();
    await angelcam.cameras.get(7);
    expect(fetch.requests.map(({ authorization }) => authorization)).toEqual(["Bearer first", "Bearer second"]);
  });

  test("from a function may come at once", async () => {
    expect(await headerOf(bearerToken(() => "1CP9xR6tqp"))).toBe("Bearer 1CP9xR6tqp");
  });

  test("from a function that fails is not sent, and the caller sees why", async () => {
    const fetch = stubbedAngelcam();
    const reason = new Error("the vault is locked");
    const auth = bearerToken(() => Promise.reject(reason));
    await expect(new Angelcam({ auth, fetch }).me.get()).rejects.toBe(reason);
    expect(fetch.requests).toEqual([]);
  });

  test("from a function that has none is rejected before a request is sent", async () => {
    const fetch = stubbedAngelcam();
    await expect(new Angelcam({ auth: bearerToken(() => ""), fetch }).me.get()).rejects.toThrow(TypeError);
    expect(fetch.requests).toEqual([]);
  });
});

describe("an OAuthSession", () => {
  test("signs in when the first call needs it, and not before", async () => {
    const fetch = stubbedAngelcam();
    const angelcam = signedIn(fetch);
    expect(fetch.requests).toEqual([]);
    await angelcam.me.get();
    expect(fetch.requests.map(({ method }) => method)).toEqual(["POST", "GET"]);
    expect(fetch.requests[1]?.authorization).toBe(`Bearer ${TOKENS.access_token}`);
  });

  test("signs in once for a hundred calls at the same moment", async () => {
    const fetch = stubbedAngelcam();
    const angelcam = signedIn(fetch);
    const accounts = await Promise.all(Array.from({ length: 100 }, () => angelcam.me.get()));
    expect(accounts).toHaveLength(100);
    expect(fetch.requests.filter(isTokenRequest)).toHaveLength(1);
    expect(fetch.requests).toHaveLength(101);
  });

  test("caches its tokens for later calls, and for other clients of the same account", async () => {
    const fetch = stubbedAngelcam();
    const grant = passwordGrant({ username: "user@example.com", password: "secret" });
    const auth = new OAuthSession({ clientId: CLIENT_ID, grant });
    await new Angelcam({ auth, fetch }).me.get();
    await new Angelcam({ auth, fetch, server: "test" }).me.get();
    expect(fetch.requests.filter(isTokenRequest)).toHaveLength(1);
  });

  test("sends the scope that the grant asks for", async () => {
    const fetch = stubbedAngelcam();
    const grant = passwordGrant({ username: "user@example.com", password: "secret", scope: "user_access" });
    await new Angelcam({ auth: new OAuthSession({ clientId: CLIENT_ID, grant }), fetch }).me.get();
    expect(new URLSearchParams(fetch.requests[0]?.body).get("scope")).toBe("user_access");
  });

  test.each([
    ["invalid_client", 401],
    ["unauthorized_client", 400],
    ["invalid_scope", 400],
  ])("rejected with %s rejects with an OAuthError of that title, and can be tried again", async (error, status) => {
    const fetch = tokenEndpoint(
      () => json({ error, error_description: "No." }, status),
      () => json(TOKENS),
    );
    const angelcam = signedIn(fetch);
    const call = angelcam.me.get();
    await expect(call).rejects.toThrow(OAuthError);
    await expect(call).rejects.toMatchObject({ title: error });
    expect(fetch.requests).toHaveLength(1);
    expect((await angelcam.me.get()).email).toBe(account.email);
  });

  test("with a wrong password rejects with an OAuthError of the title invalid_grant, and can be tried again", async () => {
    const fetch = tokenEndpoint(
      () => json({ error: "invalid_grant", error_description: "Invalid credentials given." }, 400),
      () => json(TOKENS),
    );
    const angelcam = signedIn(fetch);
    const call = angelcam.me.get();
    await expect(call).rejects.toThrow(OAuthError);
    await expect(call).rejects.toMatchObject({ title: "invalid_grant" });
    expect((await angelcam.me.get()).email).toBe(account.email);
  });

  test("rejects all calls that wait for a sign-in that fails, with one token request", async () => {
    const fetch = tokenEndpoint(() => json({ error: "invalid_client" }, 401));
    const angelcam = signedIn(fetch);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => angelcam.me.get()));
    expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => "rejected"));
    expect(fetch.requests).toHaveLength(1);
  });

  test("that cannot reach the token endpoint says so, and can be tried again", async () => {
    const fetch = tokenEndpoint(
      () => {
        throw new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNREFUSED" }) });
      },
      () => json(TOKENS),
    );
    const angelcam = signedIn(fetch);
    const call = angelcam.me.get();
    await expect(call).rejects.toThrow(ConnectionError);
    await expect(call).rejects.toMatchObject({ operationId: "oauth.createToken" });
    expect((await angelcam.me.get()).email).toBe(account.email);
  });
});
