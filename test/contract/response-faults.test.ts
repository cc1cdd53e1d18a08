import { describe, expect, test } from "vitest";
import { ContractError } from "../../src/contract/index.ts";
import { AngelcamError } from "../../src/index.ts";
import { brokenByResponse, exampleResponse, json, messagesOf, watchedClient } from "./support.ts";

const camera = exampleResponse("cameras.get", "online");
const { name: _, ...nameless } = camera;
const JSON_TYPE = { "Content-Type": "application/json" };

const faults: [string, () => Response, string][] = [
  [
    "a number as text",
    () => json({ ...camera, id: "1" }),
    'cameras.get response 200, body /id: must be an integer, got "1"',
  ],
  [
    "a number that JavaScript cannot hold",
    () => new Response(JSON.stringify(camera).replace(/"id":\d+/, '"id":1e400'), { headers: JSON_TYPE }),
    "cameras.get response 200, body /id: must be a number that a program can hold, got Infinity",
  ],
  ["a required field that is missing", () => json(nameless), "cameras.get response 200, body /name: is missing"],
  [
    "a new member of an enumeration, as a warning",
    () => json({ ...camera, status: "sleeping" }),
    'warning: cameras.get response 200, body /status: must be one of "offline", "online", "unknown", got "sleeping"',
  ],
  [
    "a new field, as a warning",
    () => json({ ...camera, colour: "red" }),
    "warning: cameras.get response 200, body /colour: is not in the document, got a text of 3 characters",
  ],
  [
    "a value in the wrong format, deep inside",
    () => json({ ...camera, streams: [{ format: "hls", url: "nowhere" }] }),
    'cameras.get response 200, body /streams/0/url: must be of the format uri, got "nowhere"',
  ],
  [
    "a time as Python prints it",
    () => json({ ...camera, snapshot: { url: "https://e1.example.com/a.jpg", created_at: "2026-11-24 08:00:00Z" } }),
    'cameras.get response 200, body /snapshot/created_at: must be of the format date-time, got "2026-11-24 08:00:00Z"',
  ],
  [
    "a status that the document does not have",
    () => json({}, 500),
    "cameras.get response 500: the status is not in the document, got 500. It has 200, 400, 401, 403, 404, 429, 503",
  ],
  [
    "HTML",
    () => new Response("<html></html>", { headers: { "Content-Type": "text/html; charset=utf-8" } }),
    "cameras.get response 200, header Content-Type: must be application/json, got text/html",
  ],
  [
    "a film where JSON belongs",
    () => new Response("film", { headers: { "Content-Type": "video/mp4" } }),
    "cameras.get response 200, header Content-Type: must be application/json, got video/mp4",
  ],
  [
    "JSON that is cut off",
    () => new Response("{bad", { headers: JSON_TYPE }),
    "cameras.get response 200, body: is not JSON",
  ],
  ["an empty body", () => new Response("", { headers: JSON_TYPE }), "cameras.get response 200, body: is empty"],
  [
    "a header of the wrong type",
    () => json({ title: "throttled", detail: "Wait.", status: 429 }, 429, { "Retry-After": "soon" }),
    'cameras.get response 429, header Retry-After: must be an integer, got "soon"',
  ],
];

describe("a response with", () => {
  test.each(faults)("%s", async (_, response, message) => {
    expect(messagesOf(brokenByResponse(response(), await response().text()))).toEqual([message]);
  });

  test("nothing, when the response is right", async () => {
    expect(brokenByResponse(json(camera), JSON.stringify(camera))).toEqual([]);
  });
});

describe("under the client", () => {
  test.each(faults)("%s is found on the wire", async (_, response, message) => {
    const { angelcam, fetch } = watchedClient(response);
    await angelcam.cameras.get(20311).catch(() => {});
    expect(messagesOf(fetch.contract.violations)).toEqual([message]);
  });

  test("an error is thrown in mode throw as it is, and the request is not retried", async () => {
    let sent = 0;
    const { angelcam } = watchedClient(() => {
      sent++;
      return json({ ...camera, id: "1" });
    }, "throw");
    const error: unknown = await angelcam.cameras.get(20311).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toBeInstanceOf(AngelcamError);
    expect(error).toMatchObject({ code: "contract_violation", retryable: false, operationId: "cameras.get" });
    expect((error as Error).message).toBe('cameras.get response 200, body /id: must be an integer, got "1"');
    expect(sent).toBe(1);
  });

  test("a warning stops nothing, for a server may grow", async () => {
    const { angelcam } = watchedClient(() => json({ ...camera, status: "sleeping", colour: "red" }), "throw");
    expect((await angelcam.cameras.get(20311)).name).toBe(camera.name);
  });
});

test("a new member of an enumeration that is not even in its format is an error", async () => {
  const settings = exampleResponse("rts.settings.get", "armed");
  const { angelcam, fetch } = watchedClient(() => json({ ...settings, incident_ttl: "soon" }));
  await angelcam.rts.settings.get();
  expect(fetch.contract.violations.map(({ severity, kind, pointer }) => [severity, kind, pointer])).toEqual([
    ["warning", "enum", "/incident_ttl"],
    ["error", "format", "/incident_ttl"],
  ]);
});

test("a body where the document has none is found", async () => {
  const { angelcam, fetch } = watchedClient(() => json({ message: "gone" }, 404));
  await angelcam.spaces.get(411).catch(() => {});
  expect(messagesOf(fetch.contract.violations)).toEqual([
    "spaces.get response 404, body: must be empty: the document has none here, got 18 characters",
  ]);
});

test("a response to a request that goes nowhere is not held against the server", async () => {
  const { fetch } = watchedClient(() => json({}, 404));
  await fetch("https://api.angelcam.com/v2/");
  expect(fetch.contract.violations.map(({ kind, side }) => [kind, side])).toEqual([["unknown_path", "request"]]);
});
