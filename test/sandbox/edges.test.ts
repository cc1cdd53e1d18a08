import { describe, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { API, apiError, clientOf, get, postToken, SIGN_IN, START, signIn, stillSandbox } from "./support.ts";

// The rare paths of the sandbox, which a user's own test may meet by chance.

const HOUR = 3_600_000;
const consent = (fields: Record<string, string>) => `${SIGN_IN}/oauth/authorize/?${new URLSearchParams(fields)}`;

describe("an MJPEG camera", () => {
  const sandbox = stillSandbox({ quota: false });
  const angelcam = clientOf(sandbox);
  const camera = sandbox.account.cameras.add({ type: "mjpeg", status: "online" });

  test("offers one stream, and its clips are MP4 files", async () => {
    expect((await angelcam.cameras.get(camera.id)).streams.map(({ format }) => format)).toEqual(["mjpeg"]);
    const recording = sandbox.recordings.add(camera.id);
    sandbox.recordings.setFootage(recording.id, [{ start: START - HOUR, end: START }]);
    const span = { start: new Date(START - 600_000).toISOString(), end: new Date(START - 300_000).toISOString() };
    const clip = await angelcam.cameras.clips.create(camera.id, { name: "Gate", ...span });
    sandbox.clock.advance(HOUR);
    expect((await angelcam.cameras.clips.get(camera.id, clip.id)).download_url).toContain(".mp4?");
  });

  test.each([
    ["mjpeg", "rtsp://192.0.2.7/live", "The address must begin with http or https."],
    ["h264", "http://192.0.2.7/live", "The address must begin with rtsp."],
  ] as const)("of type %s is not connected with the address %s", async (type, url, sentence) => {
    const fields = { url: [sentence] };
    await expect(angelcam.cameras.create({ name: "Gate", type, connection_type: "direct", url })).rejects.toMatchObject(
      { status: 400, fields },
    );
    await expect(angelcam.cameras.update(camera.id, { type, url })).rejects.toMatchObject({ status: 400, fields });
  });
});

describe("a camera that is not there", () => {
  const angelcam = clientOf(stillSandbox({ quota: false, cameras: 1 }));
  const span = { start: "2026-11-24T08:00:00Z", end: "2026-11-24T08:05:00Z" };

  test.each<[string, () => PromiseLike<unknown>]>([
    ["has no clips", () => angelcam.cameras.clips.list(999_999)],
    ["can get none", () => angelcam.cameras.clips.create(999_999, { name: "Gate", ...span })],
    ["cannot be changed", () => angelcam.cameras.update(999_999, { name: "Gate" })],
    ["cannot be removed", () => angelcam.cameras.delete(999_999)],
  ])("%s", async (_, call) => {
    await expect(call()).rejects.toEqual(apiError(404));
  });
});

describe("the consent page", () => {
  const redirectUri = "https://example.com/callback";

  test("sends the browser back without a state that was not given", async () => {
    const sandbox = stillSandbox();
    const fields = { response_type: "code", client_id: sandbox.client.clientId, redirect_uri: redirectUri };
    const back = await sandbox.fetch(consent({ ...fields, scope: "user_access" }), { redirect: "manual" });
    const location = new URL(back.headers.get("Location") ?? "");
    expect([back.status, [...location.searchParams.keys()]]).toEqual([302, ["code"]]);
  });

  test.each([
    ["an unknown program", { client_id: "nobody" }],
    ["an address that the program has not named", { redirect_uri: "https://elsewhere.example/" }],
  ])("does not go on for %s", async (_, wrong) => {
    const sandbox = stillSandbox({ clients: [{ clientId: "known", redirectUris: [redirectUri] }] });
    const fields = { response_type: "code", client_id: "known", redirect_uri: redirectUri, scope: "user_access" };
    const response = await sandbox.fetch(consent({ ...fields, ...wrong }), { redirect: "manual" });
    expect([response.status, response.headers.get("Content-Type")]).toEqual([400, "text/html"]);
  });

  test("returns a code that another program cannot exchange", async () => {
    const sandbox = stillSandbox({ clients: [{ clientId: "one" }, { clientId: "two", clientSecret: "secret-two" }] });
    const fields = { response_type: "code", client_id: "one", redirect_uri: redirectUri, scope: "user_access" };
    const back = await sandbox.fetch(consent(fields), { redirect: "manual" });
    const code = new URL(back.headers.get("Location") ?? "").searchParams.get("code") ?? "";
    const response = await postToken(sandbox, {
      grant_type: "authorization_code",
      client_id: "two",
      client_secret: "secret-two",
      redirect_uri: redirectUri,
      code,
    });
    expect(await response.json()).toMatchObject({ error: "invalid_grant" });
  });
});

test("a token request with an unknown code is rejected", async () => {
  const sandbox = stillSandbox();
  const { clientSecret: client_secret = "" } = sandbox.client;
  const fields = {
    grant_type: "authorization_code",
    client_secret,
    redirect_uri: "https://example.com/",
    code: "made-up",
  };
  expect(await (await postToken(sandbox, fields)).json()).toMatchObject({ error: "invalid_grant" });
});

test("an unknown token is revoked without an error", async () => {
  const sandbox = stillSandbox();
  expect((await postToken(sandbox, { token: "made-up" }, "/oauth/token-revoke/")).status).toBe(200);
});

test("a message that is marked in no way stays as it is", async () => {
  const sandbox = stillSandbox({ quota: false });
  const angelcam = clientOf(sandbox);
  const message = sandbox.messages.add({});
  const before = await angelcam.rts.messages.get(message.id);
  expect(await angelcam.rts.messages.update(message.id, {})).toEqual(before);
});

test("the response to an event sent too often has the wait in seconds, one of them in the singular", async () => {
  let now = START;
  const sandbox = createSandbox({ clock: { now: () => now } });
  const [camera] = sandbox.account.cameras;
  const hash = camera?.event_api_hash ?? "";
  const report = () => sandbox.fetch(`${API}/v1/events/?hash=${hash}`);
  for (let index = 0; index < 10; index++) expect((await report()).status).toBe(201);
  expect(await (await report()).json()).toMatchObject({
    status: 429,
    detail: expect.stringMatching(/ in 60 seconds\.$/),
  });
  now += 59_000;
  expect(await (await report()).json()).toMatchObject({
    status: 429,
    detail: expect.stringMatching(/ in 1 second\.$/),
  });
});

test("a token without the scope of an operation is rejected there", async () => {
  const sandbox = stillSandbox();
  const { access_token } = await (await signIn(sandbox, { scope: "user_access" })).json();
  expect((await get(sandbox, "/v1/cameras/", access_token)).status).toBe(403);
  expect((await get(sandbox, "/v1/me/", access_token)).status).toBe(200);
});

test("a path whose id is no number leads nowhere, and an id in quotes is none", async () => {
  const sandbox = stillSandbox();
  const token = sandbox.tokens.signIn().access_token;
  for (const id of ["gate", "-1", "1.5", "%E0"]) {
    expect((await get(sandbox, `/v1/cameras/${id}/`, token)).status, id).toBeGreaterThanOrEqual(400);
  }
});

test("an invalid id gets a 404 without a body where a missing item gets one", async () => {
  const sandbox = stillSandbox();
  const response = await get(sandbox, "/v1/spaces/hall/", sandbox.tokens.signIn().access_token);
  expect([response.status, await response.text()]).toEqual([404, ""]);
});

test("a body that may be left out is not missed, and one that names nothing is rejected as a whole", async () => {
  const sandbox = stillSandbox();
  const { uuid } = sandbox.arrowClients.add();
  const token = sandbox.tokens.signIn().access_token;
  const reset = await get(sandbox, `/v1/arrow-clients/${uuid}/reset-service-table/`, token, { method: "POST" });
  expect(reset.status).toBe(204);
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const pairing = await sandbox.fetch(`${API}/v1/arrow-clients/`, { method: "POST", headers, body: "{}" });
  expect([pairing.status, await pairing.json()]).toEqual([
    400,
    { title: "invalid", detail: expect.any(String), status: 400 },
  ]);
});

test("an unknown authorization scheme is rejected", async () => {
  const sandbox = stillSandbox();
  const token = sandbox.tokens.personalAccessToken();
  const send = (scheme: string) => sandbox.fetch(`${API}/v1/me/`, { headers: { Authorization: `${scheme} ${token}` } });
  expect((await send("PersonalAccessToken")).status).toBe(200);
  const rejected = await send("Basic");
  expect([rejected.status, await rejected.json()]).toEqual([
    401,
    { title: "not_authenticated", detail: "The token is not valid or has expired.", status: 401 },
  ]);
  expect(sandbox.requests.map(({ account }) => account)).toEqual([sandbox.account.username, undefined]);
});

test("a grant without what it trades is no request that can be read", async () => {
  const sandbox = stillSandbox();
  const { clientSecret: client_secret = "" } = sandbox.client;
  const response = await postToken(sandbox, { grant_type: "authorization_code", client_secret });
  expect([response.status, await response.json()]).toMatchObject([400, { error: "invalid_request" }]);
});

test("a sandbox without an account or a client is not made", () => {
  expect(() => createSandbox({ accounts: [] })).toThrow(RangeError);
  expect(() => createSandbox({ clients: [] })).toThrow(RangeError);
});

test("a sandbox listens on IPv6 as well", async () => {
  const sandbox = stillSandbox();
  const server = await sandbox.listen({ port: 0, host: "::1" }).catch((error: { code?: string }) => error.code);
  // A machine may have no IPv6 at all; then that is what it says.
  if (typeof server === "string" || server === undefined) {
    expect(server).toMatch(/EADDRNOTAVAIL|EAFNOSUPPORT/);
    return;
  }
  expect(server.origin).toMatch(/^http:\/\/\[::1\]:\d+$/);
  await server.close();
});
