import { format, inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  Angelcam,
  authorizationCodeGrant,
  bearerToken,
  OAuthSession,
  passwordGrant,
  personalAccessToken,
  refreshTokenGrant,
} from "../../src/index.ts";
import { envelope, json, type RecordedRequest, recordingFetch } from "../support/fake-angelcam.ts";
import { stubbedAngelcam } from "./angelcam-stub.ts";

/** Every credential of these tests; each is found by a plain search for this text. */
const SECRET = {
  // With a quote and more, so that no escaped form of it slips through in part.
  password: 'Hidden-password-1"&\\Hidden-tail',
  clientSecret: "Hidden-client-secret-2",
  code: "Hidden-code-3",
  refreshToken: "Hidden-refresh-token-4",
  accessToken: "Hidden-access-token-5",
  personalToken: "Hidden-personal-token-6",
};

const passwordOf = () => passwordGrant({ username: "user@example.com", password: SECRET.password });

function sessionOf(grant = passwordOf()): OAuthSession {
  return new OAuthSession({ clientId: "DBaJcGbAT2", clientSecret: SECRET.clientSecret, grant });
}

/** Every way in which code could print a value. */
function shown(thing: unknown): string {
  const hidden = { showHidden: true, depth: null, maxStringLength: null, getters: true };
  const error = thing instanceof Error ? [thing.message, thing.stack, String(thing)] : [];
  return [
    JSON.stringify(thing),
    inspect(thing),
    inspect(thing, hidden),
    format("%s %o %j", thing, thing, thing),
    ...error,
  ].join("\n");
}

/** The lines of that output which hold a credential. */
function leaksOf(thing: unknown): string[] {
  return shown(thing)
    .split("\n")
    .filter((line) => /hidden-/i.test(line))
    .map((line) => line.trim().slice(0, 160));
}

function expectNoSecret(thing: unknown): void {
  expect(shown(thing).length).toBeGreaterThan(10);
  expect(leaksOf(thing)).toEqual([]);
}

test("the search finds a secret where there is one", () => {
  expect(leaksOf(new Error("no", { cause: { deep: { inside: SECRET.password } } }))).not.toEqual([]);
  expect(leaksOf({ token: SECRET.personalToken })).not.toEqual([]);
});

describe("no credential shows in", () => {
  test.each<[string, () => unknown]>([
    ["a password grant", passwordOf],
    ["a code grant", () => authorizationCodeGrant({ code: SECRET.code, redirectUri: "https://example.com/callback" })],
    ["a refresh token grant", () => refreshTokenGrant({ refreshToken: SECRET.refreshToken })],
    ["a personal access token", () => personalAccessToken(SECRET.personalToken)],
    ["a bearer token", () => bearerToken(SECRET.accessToken)],
    ["a session", () => sessionOf()],
    ["a client with a session", () => new Angelcam({ auth: sessionOf() })],
    ["a client with a personal access token", () => new Angelcam({ auth: personalAccessToken(SECRET.personalToken) })],
  ])("%s", (_, make) => {
    expectNoSecret(make());
  });

  test("a session and its client after they have signed in", async () => {
    const fetch = recordingFetch(({ url }) =>
      json(
        url.endsWith("/token/")
          ? {
              access_token: SECRET.accessToken,
              refresh_token: SECRET.refreshToken,
              token_type: "Bearer",
              expires_in: 9,
            }
          : { id: 1234 },
      ),
    );
    const session = sessionOf();
    const angelcam = new Angelcam({ auth: session, fetch });
    await angelcam.me.get();
    expect(fetch.requests[1]?.authorization).toBe(`Bearer ${SECRET.accessToken}`);
    expectNoSecret(session);
    expectNoSecret(angelcam);
    expectNoSecret(await angelcam.me.get().withResponse());
  });
});

/** Responses that echo the request, as a debugging proxy or a careless server would. */
const echoes: readonly [string, (request: RecordedRequest) => Response][] = [
  ["an error of the API", (request) => envelope(400, "invalid", echoOf(request))],
  ["a field error", (request) => envelope(400, "invalid", [{ name: [echoOf(request)] }])],
  ["a server error", (request) => envelope(500, echoOf(request), echoOf(request))],
  ["an OAuth error", (request) => json({ error: "invalid_grant", error_description: echoOf(request) }, 400)],
  [
    "an error that lists the fields",
    ({ body }) => envelope(400, "invalid", JSON.stringify(Object.fromEntries(new URLSearchParams(body)))),
  ],
  [
    "a page that lists the fields",
    ({ body }) => new Response(JSON.stringify(Object.fromEntries(new URLSearchParams(body))), { status: 500 }),
  ],
  ["a page of HTML", (request) => new Response(`<pre>${echoOf(request)}</pre>`, { status: 502 })],
  ["a success that is no JSON", (request) => new Response(echoOf(request), { status: 200 })],
  [
    "a content type",
    ({ authorization, body }) =>
      new Response("{}", { headers: { "Content-Type": `text/html; x=${authorization} ${body}` } }),
  ],
  [
    "the host of a redirect",
    (request) => {
      const [host] = echoOf(request).match(/Hidden-[\w-]+/) ?? [];
      return new Response(null, { status: 302, headers: { Location: `https://${host}.example.com/` } });
    },
  ],
  ["a success that was cut off", (request) => json({ ...Object.fromEntries(request.headers), body: request.body })],
];

function echoOf({ headers, body }: RecordedRequest): string {
  return `You sent ${JSON.stringify([...headers])} and ${body}`;
}

describe.each(echoes)("no credential shows in the error, when %s echoes it", (name, respond) => {
  const cut = (request: RecordedRequest) => {
    const response = respond(request);
    if (!name.includes("cut off")) return response;
    return new Response(`${JSON.stringify({ request }).slice(0, -9)}`, { headers: response.headers });
  };

  test.each<[string, () => PromiseLike<unknown>]>([
    [
      "a call with a personal access token",
      () => new Angelcam({ auth: personalAccessToken(SECRET.personalToken), ...to(cut) }).me.get(),
    ],
    ["a call with a bearer token", () => new Angelcam({ auth: bearerToken(SECRET.accessToken), ...to(cut) }).me.get()],
    ["a sign-in", () => new Angelcam({ auth: sessionOf(), ...to(cut) }).me.get()],
    [
      "a token request by hand",
      () =>
        new Angelcam(to(cut)).oauth.createToken({
          grant_type: "authorization_code",
          client_id: "DBaJcGbAT2",
          client_secret: SECRET.clientSecret,
          code: SECRET.code,
          redirect_uri: "https://example.com/callback",
        }),
    ],
    [
      "a refresh by hand",
      () =>
        new Angelcam(to(cut)).oauth.createToken({
          grant_type: "refresh_token",
          client_id: "DBaJcGbAT2",
          refresh_token: SECRET.refreshToken,
        }),
    ],
  ])("%s", async (_, call) => {
    expectNoSecret(await failureOf(call()));
  });
});

describe("no credential shows in the error", () => {
  test("when the network fails with a message that holds it", async () => {
    const fetch = recordingFetch(({ headers, body }) => {
      throw new TypeError("fetch failed", { cause: new Error(`${headers.get("Authorization")} ${body}`) });
    });
    const angelcam = new Angelcam({ auth: personalAccessToken(SECRET.personalToken), fetch, retry: false });
    expectNoSecret(await failureOf(angelcam.me.get()));
    expectNoSecret(await failureOf(new Angelcam({ auth: sessionOf(), fetch, retry: false }).me.get()));
  });

  test.each(["\u0000", "\u007f", "ž", "✓"])("when a token holds %j, which no header takes", async (character) => {
    const fetch = stubbedAngelcam();
    const error = await failureOf(
      (async () => new Angelcam({ auth: bearerToken(SECRET.accessToken + character), fetch }).me.get())(),
    );
    expect(error).toBeInstanceOf(Error);
    expectNoSecret(error);
    expect(fetch.requests).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["with a line break", `Bearer ${SECRET.accessToken}\nX-Other: 1`],
    ["with a letter of no header", `Bearer ${SECRET.accessToken}✓`],
    ["that is empty", ""],
    ["that is undefined", undefined],
  ])("when an auth of the program gives a header %s, and nothing is sent", async (_, header) => {
    const fetch = stubbedAngelcam();
    const auth = { schemes: [], authorization: async () => header as string };
    const error = await failureOf(new Angelcam({ auth, fetch }).me.get());
    expect(error).toEqual(new TypeError("me.get: auth is not valid in a header"));
    expectNoSecret(error);
    expect(fetch.requests).toEqual([]);
  });

  test("for a redirect that carries it", async () => {
    const fetch = recordingFetch(
      ({ authorization }) =>
        new Response(null, {
          status: 302,
          headers: { Location: `https://example.com/?token=${encodeURIComponent(authorization ?? "")}` },
        }),
    );
    const angelcam = new Angelcam({ auth: personalAccessToken(SECRET.personalToken), fetch, retry: false });
    expectNoSecret(await failureOf(angelcam.me.get()));
  });
});

function to(respond: (request: RecordedRequest) => Response) {
  return { fetch: recordingFetch(respond), retry: false } as const;
}

async function failureOf(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error("The call should have failed.");
}
