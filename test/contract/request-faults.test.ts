import { describe, expect, test } from "vitest";
import { ContractError, withContract } from "../../src/contract/index.ts";
import { recordingFetch } from "../support/fake-angelcam.ts";
import { brokenBy, brokenByForm, exampleRequest, exampleResponse, json, messagesOf, TOKEN } from "./support.ts";

const PASSWORD_GRANT = { grant_type: "password", client_id: "x", username: "user@example.com", password: "hunter22" };
const JSON_TYPE = { "Content-Type": "application/json" };

describe("a request with", () => {
  const faults: [string, () => ReturnType<typeof brokenBy>, string][] = [
    [
      "a query parameter that is misspelt",
      () => brokenBy("/v1/cameras/?limt=5"),
      'cameras.list request, query limt: is not in the document, got "5". Did you mean "limit"?',
    ],
    [
      "one that does not exist",
      () => brokenBy("/v1/cameras/?sort=1"),
      'cameras.list request, query sort: is not in the document, got "1"',
    ],
    [
      "one of the wrong type",
      () => brokenBy("/v1/cameras/?limit=five"),
      'cameras.list request, query limit: must be an integer, got "five"',
    ],
    [
      "one that is too large",
      () => brokenBy("/v1/recording/84c24d47-a0a3-4ffb-a6dc-ab4cdd4f1ca6/start/?duration=1801", { method: "POST" }),
      "recordings.start request, query duration: must be 1800 or less, got 1801",
    ],
    [
      "one that is there twice",
      () => brokenBy("/v1/cameras/?limit=5&limit=6"),
      "cameras.list request, query limit: is present 2 times",
    ],
    [
      "a wrong item of a list",
      () => brokenBy("/v1/cameras/?ids=1,x"),
      'cameras.list request, query ids/1: must be an integer, got "x"',
    ],
    [
      "a required parameter that is missing",
      () => brokenBy("/v1/recording/84c24d47-a0a3-4ffb-a6dc-ab4cdd4f1ca6/timeline/?start=2026-11-24T00:00:00Z"),
      "recordings.timeline request, query end: is missing",
    ],
    [
      "a time in the wrong format",
      () =>
        brokenBy(
          "/v1/recording/84c24d47-a0a3-4ffb-a6dc-ab4cdd4f1ca6/timeline/?start=yesterday&end=2026-11-24T00:00:00Z",
        ),
      'recordings.timeline request, query start: must be of the format date-time, got "yesterday"',
    ],
    [
      "a path parameter of the wrong type",
      () => brokenBy("/v1/cameras/front-door/"),
      'cameras.get request, path camera_id: must be an integer, got "front-door"',
    ],
    [
      "a path with a broken escape",
      () => brokenBy("/v1/cameras/%E0%A4%A/"),
      "cameras.get request, path camera_id: has a broken % escape",
    ],
    [
      "a query in Latin-1",
      () => brokenBy("/v1/cameras/?tags=caf%E9"),
      "cameras.list request, query tags: is not percent-encoded UTF-8",
    ],
    [
      "a query with a broken escape",
      () => brokenBy("/v1/cameras/?limit=5&tags=100%"),
      "cameras.list request, query tags: is not percent-encoded UTF-8",
    ],
    [
      "a header of the wrong type",
      () => brokenBy("/v1/cameras/", { headers: { "X-Space-Id": "home" } }),
      'cameras.list request, header X-Space-Id: must be an integer, got "home"',
    ],
    [
      "a header that is misspelt",
      () => brokenBy("/v1/cameras/", { headers: { "X-SpaceId": "411" } }),
      'cameras.list request, header x-spaceid: is not in the document. Did you mean "X-Space-Id"?',
    ],
    [
      "a slash that is missing",
      () => brokenBy("/v1/cameras"),
      "cameras.list request, url /v1/cameras: lacks the slash at its end. Use /v1/cameras/",
    ],
    [
      "a path that does not exist",
      () => brokenBy("/v1/camera/"),
      "GET request, url /v1/camera/: is no path of the document. Did you mean /v1/cameras/?",
    ],
    [
      "a path that is misspelt around an id",
      () => brokenBy("/v1/recordings/84c24d47-a0a3-4ffb-a6dc-ab4cdd4f1ca6/timeline/"),
      "GET request, url /v1/recordings/…/timeline/: is no path of the document. Did you mean /v1/recording/{recording_id}/timeline/?",
    ],
    [
      "a method that the path does not take",
      () => brokenBy("/v1/cameras/", { method: "PATCH" }),
      "PATCH request: /v1/cameras/ does not take PATCH. It takes GET, POST",
    ],
    [
      "a host of Angelcam that has not this operation",
      () => brokenBy("https://my.angelcam.com/v1/me/"),
      "me.get request, url https://my.angelcam.com: does not have this operation. It is on https://api.angelcam.com or https://api.test.angelcam.com",
    ],
    [
      "a token that is missing",
      () => brokenBy("/v1/me/", { headers: { Authorization: "" } }),
      "me.get request, header Authorization: is missing: the operation needs a token",
    ],
    [
      "a form field that does not exist",
      () => brokenByForm({ ...PASSWORD_GRANT, remember: "1" }),
      'oauth.createToken request, body /remember: is not in the document, got "1"',
    ],
    [
      "a form field that is there twice",
      () =>
        brokenBy("https://my.angelcam.com/oauth/token/", {
          method: "POST",
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
          body: `${new URLSearchParams(PASSWORD_GRANT)}&username=x`,
        }),
      "oauth.createToken request, body /username: is present more than once",
    ],
    [
      "a form with a broken escape",
      () =>
        brokenBy("https://my.angelcam.com/oauth/token/", {
          method: "POST",
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
          body: "%%%",
        }),
      "oauth.createToken request, body: has a broken % escape",
    ],
    [
      "JSON where a form belongs",
      () =>
        brokenBy("https://my.angelcam.com/oauth/token/", {
          method: "POST",
          headers: JSON_TYPE,
          body: JSON.stringify(PASSWORD_GRANT),
        }),
      "oauth.createToken request, header Content-Type: must be application/x-www-form-urlencoded or multipart/form-data, got application/json",
    ],
    [
      "a field that the schema has not, within a schema that includes another",
      () => order({ colour: true }),
      "cameras.clips.create request, body /colour: is not in the document, got true",
    ],
    [
      "a field of the wrong type",
      () => order({ recording: 7 }),
      "cameras.clips.create request, body /recording: must be a text, got 7",
    ],
    ["JSON that is cut off", () => order(undefined, "{bad"), "cameras.clips.create request, body: is not JSON"],
    ["a body that is missing", () => order(undefined, ""), "cameras.clips.create request, body: is missing"],
    [
      "a body where none belongs",
      () => brokenBy("/v1/cameras/20311/", { headers: JSON_TYPE, body: "{}" }),
      "cameras.get request, body: must be empty: the operation takes no body",
    ],
    [
      "a member that the enumeration does not have: in a request it is an error",
      () =>
        brokenBy("/v1/cameras/", {
          method: "POST",
          headers: JSON_TYPE,
          body: JSON.stringify({ name: "Hall", type: "h266", connection_type: "direct", url: "rtsp://203.0.113.7/" }),
        }),
      'cameras.create request, body /type: must be one of "h264", "h265", "mjpeg", got "h266"',
    ],
  ];

  test.each(faults)("%s", (_, broken, message) => {
    expect(messagesOf(broken())).toEqual([message]);
  });

  test("everything at once, each violation at its own location", () => {
    const broken = brokenBy("/v1/cameras?limt=5&offset=-1");
    expect(broken.map((one) => [one.kind, one.in, one.pointer])).toEqual([
      ["missing_slash", "url", "/v1/cameras"],
      ["range", "query", "offset"],
      ["unknown", "query", "limt"],
    ]);
    expect(broken[0]).toMatchObject({
      severity: "error",
      side: "request",
      operationId: "cameras.list",
      method: "GET",
      path: "/v1/cameras/",
      status: undefined,
    });
  });

  function order(change: object | undefined, body?: string) {
    const text = body ?? JSON.stringify({ ...exampleRequest("cameras.clips.create", "five_minutes"), ...change });
    return brokenBy("/v1/cameras/20311/clips/", { method: "POST", headers: JSON_TYPE, body: text });
  }
});

describe("a request that breaks the contract", () => {
  test("is not sent in mode throw, and the error names every violation", async () => {
    const server = recordingFetch(() => json(exampleResponse("cameras.list", "first_page")));
    const fetch = withContract(server);
    const error = await fetch("https://api.angelcam.com/v1/cameras?limt=5", {
      headers: { Authorization: `Bearer ${TOKEN}` },
    }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ContractError);
    const { violations, message } = error as ContractError;
    expect(violations.map(({ kind }) => kind)).toEqual(["missing_slash", "unknown"]);
    expect(message.split("\n")).toEqual(messagesOf(violations));
    expect(server.requests).toEqual([]);
  });

  test("is sent in mode report, and reported to onViolation as it happens", async () => {
    const reported: string[] = [];
    const server = recordingFetch(() => json(exampleResponse("cameras.list", "first_page")));
    const fetch = withContract(server, { mode: "report", onViolation: ({ message }) => reported.push(message) });
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const response = await fetch("https://api.angelcam.com/v1/cameras/?limt=5", { headers });
    expect(response.status).toBe(200);
    expect(reported).toEqual(messagesOf(fetch.contract.violations));
    expect(reported).toEqual([expect.stringContaining("query limt")]);
    expect(server.requests).toHaveLength(1);
  });
});
