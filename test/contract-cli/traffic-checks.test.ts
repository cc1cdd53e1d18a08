import { expect, test } from "vitest";
import { TrafficChecks } from "../../src/contract-cli/traffic-checks.ts";
import { angelcamDocument } from "../../src/openapi/angelcam-document.ts";

// What no schema can express, in a response of its own.

const target = { baseUrl: "http://127.0.0.1:4020", isAngelcam: false, isLocal: true, isMock: false };

/** The messages about a response with this body. */
function messagesOf(
  operationId: string,
  body: object | Uint8Array<ArrayBuffer>,
  query = "",
  checks = new TrafficChecks(target, 20),
): string[] {
  const operation = angelcamDocument().operation(operationId);
  if (!operation) throw new Error(operationId);
  const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body));
  const headers = new Headers({ "Content-Type": "application/json" });
  const response = { status: 200, headers, body: bytes, bodyText: new TextDecoder().decode(bytes) };
  const url = new URL(`${target.baseUrl}${operation.path}${query}`);
  const traffic = { operation, method: operation.method, url, parameters: {}, response, duration: 1 };
  return checks.check(traffic).map(({ message }) => message);
}

const page = (results: object[], next: string | null = null) => ({
  count: results.length,
  next,
  previous: null,
  results,
});

test("the same Arrow client twice in a page is found by its UUID", () => {
  const client = { uuid: "00000000-0000-4000-8000-000000000001" };
  expect(messagesOf("arrowClients.list", page([client, { uuid: null }, { uuid: null }]))).toEqual([]);
  expect(messagesOf("arrowClients.list", page([client, client]))).toEqual([
    `arrowClients.list response 200, body /results/1/uuid: must not repeat /results/0/uuid, got "${client.uuid}"`,
  ]);
});

test("two pages with the same items are a fault, and none where an item was deleted between them", () => {
  const checks = new TrafficChecks(target, 20);
  const second = (query: string) =>
    messagesOf(
      "locations.list",
      { ...page([{ id: 2 }], `${target.baseUrl}/v1/locations/?offset=9`), count: 9 },
      query,
      checks,
    );
  expect(second("?limit=1&offset=1")).toEqual([]);
  expect(second("?limit=1&offset=0")).toEqual([
    "locations.list response 200, body /results: has the same items as another page of the list",
  ]);
  messagesOf("sensors.delete", {}, "", checks);
  expect(second("?limit=1&offset=3")).toEqual([]);
});

test("a next link without an origin is shown by its scheme", () => {
  expect(messagesOf("cameras.list", page([{ id: 1 }], "javascript:alert(1)"))).toEqual([
    expect.stringMatching(/body \/next: must not lead to another origin: .*, got javascript:$/),
  ]);
});

test("JSON in another encoding than UTF-8 is found, though Node reads it", () => {
  const latin1 = Uint8Array.from('{"id":1,"name":"Za\xefta"}', (character) => character.charCodeAt(0));
  expect(messagesOf("me.get", latin1)).toEqual(["me.get response 200, body: is not UTF-8"]);
});

test("JSON that begins with a byte order mark is found, at which Python's json stops", () => {
  const marked = new TextEncoder().encode('\uFEFF{"id":1}');
  expect(messagesOf("me.get", marked)).toEqual(["me.get response 200, body: begins with a byte order mark"]);
});
