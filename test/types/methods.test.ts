import { describe, expectTypeOf, test } from "vitest";
import type { components, operations, paths } from "../../src/index.ts";
import { Angelcam, type Page, type PagePromise, personalAccessToken, type WithResponse } from "../../src/index.ts";

// Checked by the compiler, never run.

type Camera = components["schemas"]["Camera"];
type CurrentUser = components["schemas"]["CurrentUser"];
type OAuthToken = components["schemas"]["OAuthToken"];

const angelcam = new Angelcam({ auth: personalAccessToken("fe6a3f0c25b8") });

describe("me.get", () => {
  test("returns the account", async () => {
    expectTypeOf(await angelcam.me.get()).toEqualTypeOf<CurrentUser>();
    expectTypeOf((await angelcam.me.get()).email).toBeString();
    expectTypeOf((await angelcam.me.get()).phone).toEqualTypeOf<string | null | undefined>();
  });

  test("returns data and response with withResponse", () => {
    expectTypeOf(angelcam.me.get().withResponse()).resolves.toEqualTypeOf<WithResponse<CurrentUser>>();
    expectTypeOf<WithResponse<CurrentUser>["response"]>().toEqualTypeOf<Response>();
  });

  test("takes request options only", () => {
    angelcam.me.get({
      signal: new AbortController().signal,
      timeout: 5,
      server: "test",
      space: 411,
      headers: { a: "b" },
    });
    // @ts-expect-error there is no such server
    angelcam.me.get({ server: "staging" });
    // @ts-expect-error there is no such option
    angelcam.me.get({ timeOut: 5 });
    // @ts-expect-error milliseconds are a number
    angelcam.me.get({ timeout: "5s" });
  });
});

describe("cameras.list", () => {
  test("returns a page of cameras", async () => {
    expectTypeOf(angelcam.cameras.list()).toEqualTypeOf<PagePromise<Camera>>();
    const page = await angelcam.cameras.list({ limit: 5 });
    expectTypeOf(page).toEqualTypeOf<Page<Camera>>();
    expectTypeOf(page.results).toEqualTypeOf<Camera[]>();
    expectTypeOf(page.count).toBeNumber();
    expectTypeOf(page.next).toEqualTypeOf<string | null>();
  });

  test("iterates over cameras", async () => {
    for await (const camera of angelcam.cameras.list()) expectTypeOf(camera).toEqualTypeOf<Camera>();
    expectTypeOf(angelcam.cameras.list().toArray({ max: 10 })).resolves.toEqualTypeOf<Camera[]>();
  });

  test("takes the documented query only", () => {
    angelcam.cameras.list({ limit: 5, offset: 5, ids: [1, 2], tags: ["a"], location_id: 7, has_guests: 1 });
    angelcam.cameras.list({
      refresh_rate: 0.1,
      max_width: 640,
      max_height: 360,
      stream_expires_at: "2026-11-24T18:00:00Z",
    });
    angelcam.cameras.list({ stream_expires_at: new Date() });
    // @ts-expect-error there is no such parameter
    angelcam.cameras.list({ size: 5 });
    // @ts-expect-error the limit is a number
    angelcam.cameras.list({ limit: "5" });
    // @ts-expect-error ids is a list
    angelcam.cameras.list({ ids: 1 });
    // @ts-expect-error has_guests is 1 or 0
    angelcam.cameras.list({ has_guests: true });
    // @ts-expect-error options come behind the query
    angelcam.cameras.list({ timeout: 5 });
  });
});

describe("cameras.get", () => {
  test("returns a camera", async () => {
    const camera = await angelcam.cameras.get(20311, { max_width: 640 }, { timeout: 5 });
    expectTypeOf(camera).toEqualTypeOf<Camera>();
    expectTypeOf(camera.status).toEqualTypeOf<"online" | "offline" | "unknown" | (string & {})>();
  });

  test("needs an id, which is a number", () => {
    // @ts-expect-error the id is missing
    angelcam.cameras.get();
    // @ts-expect-error the id is a number
    angelcam.cameras.get("20311");
    // @ts-expect-error a list has a limit, a camera does not
    angelcam.cameras.get(20311, { limit: 5 });
  });
});

describe("a time", () => {
  test("may be a Date in a query and in a body", () => {
    angelcam.recordings.timeline("x", { start: new Date(), end: "2026-11-24T08:00:00Z" });
    angelcam.cameras.clips.create(1, { name: "a", start: new Date(), end: new Date() });
    angelcam.sharedCameras.clips.create(1, { name: "a", start: new Date(), end: "2026-11-24T08:00:00Z" });
    angelcam.events.create({ hash: "a", occurred_at: new Date() });
    angelcam.api.POST("/v1/events/", { body: { hash: "a", occurred_at: new Date() } });
    // @ts-expect-error the number of milliseconds is no time
    angelcam.events.create({ hash: "a", occurred_at: Date.now() });
  });

  test("is a string in a response, also where a body has the same field", () => {
    expectTypeOf<components["schemas"]["Clip"]["start"]>().toEqualTypeOf<string>();
    expectTypeOf<components["schemas"]["Event"]["occurred_at"]>().toEqualTypeOf<string>();
  });
});

describe("a header of a response", () => {
  test("can be missing, unless the document requires it", () => {
    type Throttled = operations["cameras.list"]["responses"][429]["headers"];
    expectTypeOf<Throttled["Retry-After"]>().toEqualTypeOf<number | undefined>();
    type NotAuthenticated = operations["cameras.list"]["responses"][401]["headers"];
    expectTypeOf<NotAuthenticated["WWW-Authenticate"]>().toEqualTypeOf<string | undefined>();
  });
});

describe("oauth.createToken", () => {
  test("returns tokens for each grant", () => {
    expectTypeOf(
      angelcam.oauth.createToken({ grant_type: "password", client_id: "a", username: "b", password: "c" }),
    ).resolves.toEqualTypeOf<OAuthToken>();
    angelcam.oauth.createToken({ grant_type: "refresh_token", client_id: "a", refresh_token: "b" });
    angelcam.oauth.createToken({
      grant_type: "authorization_code",
      client_id: "a",
      client_secret: "b",
      code: "c",
      redirect_uri: "https://example.com",
    });
  });

  test("needs every field of its grant", () => {
    // @ts-expect-error the body is missing
    angelcam.oauth.createToken();
    // @ts-expect-error the password is missing
    angelcam.oauth.createToken({ grant_type: "password", client_id: "a", username: "b" });
    // @ts-expect-error the client id is missing
    angelcam.oauth.createToken({ grant_type: "refresh_token", refresh_token: "b" });
    // @ts-expect-error the client secret is missing
    angelcam.oauth.createToken({ grant_type: "authorization_code", client_id: "a", code: "c", redirect_uri: "d" });
    // @ts-expect-error there is no such grant
    angelcam.oauth.createToken({ grant_type: "magic", client_id: "a" });
  });
});

describe("angelcam.api", () => {
  test("knows every path, its parameters and its responses", async () => {
    const { data, error, response } = await angelcam.api.GET("/v1/cameras/{camera_id}/", {
      params: { path: { camera_id: 20311 }, query: { max_width: 640 } },
    });
    if (data) expectTypeOf(data).toExtend<Camera>();
    expectTypeOf(response).toEqualTypeOf<Response>();
    if (error) expectTypeOf(error.title).toBeString();
  });

  test("rejects what the document does not have", () => {
    // @ts-expect-error the slash is missing
    angelcam.api.GET("/v1/me");
    // @ts-expect-error the account cannot be posted
    angelcam.api.POST("/v1/me/");
    // @ts-expect-error the id is missing
    angelcam.api.GET("/v1/cameras/{camera_id}/");
    // @ts-expect-error the id is a number
    angelcam.api.GET("/v1/cameras/{camera_id}/", { params: { path: { camera_id: "20311" } } });
    // @ts-expect-error there is no such parameter
    angelcam.api.GET("/v1/cameras/", { params: { query: { size: 5 } } });
    // @ts-expect-error there is no such way to read a body
    angelcam.api.GET("/v1/me/", { parseAs: "xml" });
  });
});

test("the types of the document are there to build upon", () => {
  expectTypeOf<keyof operations>().extract<"me.get">().toEqualTypeOf<"me.get">();
  expectTypeOf<keyof paths>().extract<"/v1/me/">().toEqualTypeOf<"/v1/me/">();
});

test("enums of responses stay open in a call by path, too, and its data is that of the schema", async () => {
  const { data } = await angelcam.api.GET("/v1/cameras/{camera_id}/", { params: { path: { camera_id: 1234 } } });
  expectTypeOf(data?.status).toEqualTypeOf<string | undefined>();
  const camera = data satisfies Camera | undefined;
  expectTypeOf(camera?.streams).toExtend<Camera["streams"] | undefined>();
});
