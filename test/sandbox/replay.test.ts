import { describe, expect, test } from "vitest";
import { readHar } from "../../src/openapi/har.ts";
import { replay } from "../../src/sandbox/replay.ts";

const RECORDED = "https://api.angelcam.com";

/** A recording as a tool other than ours may write it. */
function recording(...responses: object[]): string {
  const entries = responses.map((response, index) => ({
    request: { method: "GET", url: `${RECORDED}/v1/${index}/` },
    response: { status: 200, ...response },
  }));
  return JSON.stringify({ log: { entries } });
}

/** Plays back the first recorded request. */
function first(response: object): Promise<Response> {
  return played(response, "/v1/0/");
}

async function played(response: object, path: string): Promise<Response> {
  const serve = replay(readHar(recording(response)));
  return (await serve(new Request(`http://127.0.0.1:4020${path}`))).response;
}

describe("a recording is played back", () => {
  test("without headers and without a body", async () => {
    const response = await first({});
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  test("without what is no header, such as :status of HTTP/2", async () => {
    const headers = [
      { name: ":status", value: "200" },
      { name: "x-lines", value: "one\ntwo" },
      { name: "x-kept", value: "yes" },
    ];
    const response = await first({ headers, content: { text: "{}" } });
    expect(response.headers.get("x-kept")).toBe("yes");
    expect([...response.headers.keys()]).not.toContain("x-lines");
  });

  test.each([
    [0, "As recorded."],
    [100, "Recorded is the status 100, which cannot be played back."],
    [999, "Recorded is the status 999, which cannot be played back."],
  ])("with 502 instead of the status %i, which a page can read", async (status, detail) => {
    const response = await first({ status });
    expect([response.status, response.headers.get("Access-Control-Allow-Origin")]).toEqual([502, "*"]);
    expect(await response.json()).toMatchObject({ detail });
  });

  test("with 501 for what was not recorded, which a page can read", async () => {
    const response = await played({}, "/v1/me/");
    expect([response.status, response.headers.get("Access-Control-Allow-Origin")]).toEqual([501, "*"]);
  });
});

describe("a recording of another tool is played back", () => {
  test.each([
    ["with a byte order mark, as of Fiddler", "\uFEFF", {}],
    ["with headers that are null", "", { headers: null }],
    ["with a header that has no value", "", { headers: [null, { name: "x-empty" }, { name: "x-kept", value: 5 }] }],
    ["with content that is null", "", { content: null }],
    ["with a status that is a text", "", { status: "200" }],
  ])("%s", async (_, mark, response) => {
    const serve = replay(readHar(`${mark}${recording(response)}`));
    expect((await serve(new Request("http://127.0.0.1:4020/v1/0/"))).response.status).toBe(200);
  });

  test.each([
    ["null, as of a request that was blocked", { status: null }, "As recorded."],
    ["-1, as of one that was broken off", { status: -1 }, "Recorded is the status -1, which cannot be played back."],
  ])("with 502 for the status %s, and the other requests as they are", async (_, broken, detail) => {
    const serve = replay(readHar(recording(broken, { content: { text: "{}" } })));
    const [blocked, other] = await Promise.all(
      ["/v1/0/", "/v1/1/"].map(async (path) => (await serve(new Request(`http://127.0.0.1${path}`))).response),
    );
    expect([blocked?.status, await blocked?.json(), other?.status]).toEqual([
      502,
      { title: "no_response", detail },
      200,
    ]);
  });

  test.each([
    ["was left out", { size: 77_300, comment: "Response bodies are not included." }],
    ["is null", { size: 3, text: null }],
    ["is no Base64", { size: 3, text: "***", encoding: "base64" }],
  ])("with 501 for a body that %s, and not with an empty 200", async (_, content) => {
    const response = await first({ content });
    expect([response.status, await response.json()]).toEqual([
      501,
      expect.objectContaining({ detail: expect.stringContaining("has no body for this response with the status 200") }),
    ]);
  });

  test("with the redirect whose body was left out", async () => {
    const headers = [{ name: "Location", value: `${RECORDED}/v1/1/` }];
    const response = await first({ status: 302, headers, content: { size: 178 } });
    expect([response.status, response.headers.get("Location")]).toEqual([302, "http://127.0.0.1:4020/v1/1/"]);
  });

  test.each(["base64", "Base64"])("with the links of JSON that is encoded as %s", async (encoding) => {
    const text = btoa(JSON.stringify({ next: `${RECORDED}/v1/0/?offset=5` }));
    const response = await first({ content: { text, encoding } });
    expect(await response.json()).toEqual({ next: "http://127.0.0.1:4020/v1/0/?offset=5" });
  });

  test("with the bytes of an image", async () => {
    const response = await first({ content: { text: btoa("\u0089PNG\u00ff"), encoding: "base64" } });
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0x89, 0x50, 0x4e, 0x47, 0xff]);
  });

  test("without headers of its connection, of which Node would end the response", async () => {
    const names = ["Trailer", "Keep-Alive", "Upgrade", "Proxy-Connection", "TE"];
    const response = await first({ headers: names.map((name) => ({ name, value: "x" })) });
    expect([...response.headers.keys()].filter((name) => !name.startsWith("access-control-"))).toEqual([]);
  });

  test("without the path below which the server was", async () => {
    const below = recording({ content: { text: "{}" } }).replace("/v1/0/", "/gateway/v1/me/?limit=5");
    const serve = replay(readHar(below));
    const statusOf = async (path: string) => (await serve(new Request(`http://127.0.0.1${path}`))).response.status;
    expect(await statusOf("/v1/me/?limit=5")).toBe(200);
    expect(await statusOf("/gateway/v1/me/?limit=5")).toBe(200);
    expect([await statusOf("/v1/me/"), await statusOf("/me/?limit=5")]).toEqual([501, 501]);
  });

  test("without entries that are no requests", () => {
    const entries = [null, {}, { request: { method: "GET", url: "/v1/me/" } }];
    const [entry] = JSON.parse(recording({})).log.entries;
    expect(readHar(JSON.stringify({ log: { entries: [...entries, entry] } }))).toHaveLength(1);
    expect(() => readHar(JSON.stringify({ log: { entries } }))).toThrow("The recording is no HTTP Archive (HAR)");
  });
});

test.each([
  ["HEAD", "/v1/0/", 203, null],
  ["GET", "/v1/me?fresh=1", 301, "/v1/me/?fresh=1"],
  ["POST", "/v1/me", 501, null],
])("%s %s is played back with %i", async (method, path, status, location) => {
  const content = { text: "{}", mimeType: "application/json" };
  const serve = replay(readHar(recording({ status: 203, content })));
  const { response } = await serve(new Request(`http://127.0.0.1:4020${path}`, { method }));
  expect([response.status, response.headers.get("Location")]).toEqual([status, location]);
});
