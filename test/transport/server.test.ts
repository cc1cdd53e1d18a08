import { describe, expect, it } from "vitest";
import { checkBaseUrl } from "../../src/base/base-url.ts";
import { baseUrlOf, checkServerName } from "../../src/transport/server.ts";
import { exampleOperation } from "./example-call.ts";

const operation = exampleOperation({
  servers: { production: "https://api.example.com", test: "https://api.test.example.com" },
});
const streaming = exampleOperation({
  servers: { production: "https://{host=eu-1}.{zone=}.example.com" },
});

describe("a call goes", () => {
  it.each<[string, string | undefined, string | undefined, string]>([
    ["to the first server", undefined, undefined, "https://api.example.com"],
    ["to the server that is named", undefined, "test", "https://api.test.example.com"],
    ["to the first where the name belongs to others", undefined, "other", "https://api.example.com"],
    ["to the baseUrl before all", "http://localhost:4010", "test", "http://localhost:4010"],
    ["to a baseUrl that is empty, for a page's own origin", "", undefined, ""],
  ])("%s", (_, baseUrl, name, expected) => {
    expect(baseUrlOf(operation, baseUrl, name)).toBe(expected);
  });
});

describe("a server with variables", () => {
  it("takes the call's values before the defaults", () => {
    expect(baseUrlOf(streaming, undefined, undefined, { zone: "b" })).toBe("https://eu-1.b.example.com");
    expect(baseUrlOf(streaming, undefined, undefined, { zone: "b2", host: "us-1" })).toBe(
      "https://us-1.b2.example.com",
    );
  });

  it.each(["a", "7", "E3-EU2", "a--b"])("takes %s as a part of its host", (zone) => {
    expect(baseUrlOf(streaming, undefined, undefined, { zone })).toBe(`https://eu-1.${zone}.example.com`);
  });

  it.each(["", "-a", "a-", "a.b", "evil.com/", "a@b", "a b", "é", "a:1", "#"])("rejects %j", (zone) => {
    expect(() => baseUrlOf(streaming, undefined, undefined, { zone })).toThrow(
      new TypeError(
        `things.get: serverVariables.zone must be a label of a host name such as e3-eu2, got ${JSON.stringify(zone)}`,
      ),
    );
  });

  it("rejects a variable that the server does not have, and takes any where it has none", () => {
    expect(() => baseUrlOf(streaming, undefined, undefined, { zon: "b2" })).toThrow("Did you mean zone?");
    expect(baseUrlOf(exampleOperation(), undefined, undefined, { zone: "b2" })).toBe("https://api.example.com");
  });

  it("rejects a variable that has neither value nor default", () => {
    expect(() => baseUrlOf(streaming, undefined, undefined)).toThrow(/serverVariables\.zone must be .* got ""$/);
    const bare = exampleOperation({ servers: { production: "https://{host}.example.com" } });
    expect(() => baseUrlOf(bare, undefined, undefined)).toThrow(/serverVariables\.host must be .* got ""$/);
  });
});

describe("checkBaseUrl", () => {
  it.each([
    ["https://api.example.com", "https://api.example.com"],
    ["https://api.example.com/", "https://api.example.com"],
    ["https://api.example.com/angelcam///", "https://api.example.com/angelcam"],
    ["https://API.example.com:443/a/b", "https://api.example.com/a/b"],
    ["http://localhost:4010", "http://localhost:4010"],
    ["http://api.localhost:4010/", "http://api.localhost:4010"],
    ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
    ["http://127.12.255.1", "http://127.12.255.1"],
    ["http://[::1]:4010", "http://[::1]:4010"],
  ])("takes %s", (baseUrl, expected) => {
    expect(checkBaseUrl(baseUrl)).toBe(expected);
  });

  it.each([
    "http://api.example.com",
    "http://localhost.example.com",
    "http://notlocalhost",
    "http://127.0.0.1.example.com",
    "http://128.0.0.1",
    "http://[::2]",
    "ws://localhost",
    "ftp://localhost",
    "",
    "/v1",
    "api.example.com",
    "https://user@api.example.com",
    "https://:hunter2@api.example.com",
    "https://api.example.com/?key=1",
    "https://api.example.com/?",
    "https://api.example.com/#top",
  ])("rejects %j, and does not show it, because it may hold a password", (baseUrl) => {
    expect(() => checkBaseUrl(baseUrl)).toThrow(
      new TypeError("baseUrl must be https, or http on localhost, with at most a path"),
    );
  });

  it("accepts undefined", () => {
    expect(checkBaseUrl(undefined)).toBeUndefined();
  });
});

describe("checkServerName", () => {
  it("takes every name of the spec and none at all, and lists the names for another", () => {
    for (const name of ["production", "test", undefined]) expect(() => checkServerName(name)).not.toThrow();
    expect(() => checkServerName("staging")).toThrow(new TypeError('server must be production or test, got "staging"'));
  });
});
