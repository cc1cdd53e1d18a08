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

test.each([
  ["headers that are none", { headers: null }],
  ["a header without a value", { headers: [{ name: "x-empty" }] }],
  ["no content", { content: null }],
  ["content that is no text", { content: { text: 5 } }],
])("a recording with %s is rejected before it is played back", (_, response) => {
  expect(() => readHar(recording(response))).toThrow("The recording is no HTTP Archive (HAR)");
});
