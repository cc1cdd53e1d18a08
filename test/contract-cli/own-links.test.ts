import { describe, expect, test } from "vitest";
import type { Exchange, ReceivedResponse } from "../../src/contract-cli/exchange.ts";
import { ownLinks } from "../../src/contract-cli/own-links.ts";
import type { Target } from "../../src/contract-cli/target.ts";

const PROXY = "http://127.0.0.1:4020";
const target = { baseUrl: "https://staging.example.com/angelcam", isAngelcam: false } as Target;
const angelcam = { baseUrl: "https://api.angelcam.com", isAngelcam: true } as Target;

/** The changes to a response with this redirect and this body. */
function changes(parts: { location?: string; body?: string; operationId?: string; to?: Target; url?: string }) {
  const headers = new Headers(parts.location === undefined ? {} : { Location: parts.location });
  const received = { headers, bodyText: parts.body } as ReceivedResponse;
  const request = parts.url === undefined ? undefined : { url: parts.url };
  const exchange = { operationId: parts.operationId, request } as Exchange;
  return ownLinks(received, exchange, parts.to ?? target, PROXY);
}

describe("a redirect", () => {
  test.each([
    ["to the target leads to the proxy", "https://staging.example.com/angelcam/v1/me/?a=1", `${PROXY}/v1/me/?a=1`],
    ["to another path of the target's host is left out", "https://staging.example.com/other/", undefined],
    ["to another host is left out", "https://elsewhere.example.com/v1/me/", undefined],
    ["that cannot be read is left out", "https://[", undefined],
  ])("%s", (_, location, expected) => {
    expect(changes({ location })).toEqual(expected === undefined ? {} : { headers: { Location: expected } });
  });

  test("that is relative is read beside the request", () => {
    const url = "https://staging.example.com/angelcam/v1/cameras";
    expect(changes({ location: "/angelcam/v1/cameras/", url })).toEqual({
      headers: { Location: `${PROXY}/v1/cameras/` },
    });
  });

  test("that ends signing in goes to the program", () => {
    const location = "https://program.example.com/callback?code=abc";
    expect(changes({ location, operationId: "oauth.authorize" })).toEqual({ headers: { Location: location } });
  });
});

describe("a body", () => {
  test.each([
    ["that is no JSON", "<html>"],
    ["that is null", "null"],
    ["that is a number", "5"],
    ["without links", '{"next":null,"results":[]}'],
    ["with a link that cannot be read", '{"next":"offset=5"}'],
    ["with a link to another host", '{"next":"https://elsewhere.example.com/v1/cameras/?offset=5"}'],
  ])("%s stays as it is", (_, body) => {
    expect(changes({ body })).toEqual({});
  });

  test("with links to the target leads to the proxy", () => {
    const next = "https://staging.example.com/angelcam/v1/cameras/?offset=5";
    expect(JSON.parse(changes({ body: JSON.stringify({ next, previous: null, count: 9 }) }).body ?? "")).toEqual({
      next: `${PROXY}/v1/cameras/?offset=5`,
      previous: null,
      count: 9,
    });
  });

  test("with links to another host of Angelcam leads to the proxy, where the target is Angelcam", () => {
    const next = "https://api.test.angelcam.com/v1/cameras/?offset=5";
    const body = JSON.stringify({ next, previous: "https://api.angelcam.com/v1/nowhere" });
    expect(JSON.parse(changes({ body, to: angelcam }).body ?? "")).toMatchObject({
      next: `${PROXY}/v1/cameras/?offset=5`,
    });
    expect(changes({ body })).toEqual({});
  });
});
