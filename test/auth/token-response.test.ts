import { describe, expect, it } from "vitest";
import { tokensFrom } from "../../src/auth/token-response.ts";
import { UnexpectedResponseError } from "../../src/index.ts";

const body = {
  access_token: "access",
  refresh_token: "refresh",
  token_type: "Bearer",
  expires_in: 36_000,
  scope: "read",
};

describe("the response of the token endpoint", () => {
  it("becomes tokens that expire by the given clock", () => {
    expect(tokensFrom(body, 1_000, "old")).toEqual({
      accessToken: "access",
      refreshToken: "refresh",
      issuedAt: 1_000,
      expiresAt: 36_001_000,
      scope: "read",
    });
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a number", 5],
    ["a text", "access"],
    ["a list", []],
    ["an empty object", {}],
    ["an error with status 200", { error: "invalid_grant" }],
    ["no access token", { ...body, access_token: undefined }],
    ["an empty access token", { ...body, access_token: "" }],
    ["a number for an access token", { ...body, access_token: 7 }],
    ["a list for an access token", { ...body, access_token: ["access"] }],
    ["an access token with a line break", { ...body, access_token: "secret\r\nX-Evil: 1" }],
    ["an access token with a null character", { ...body, access_token: "secret\0" }],
    ["an access token with a space", { ...body, access_token: "secret token" }],
    ["an access token with an umlaut", { ...body, access_token: "sécret" }],
    ["an access token of a megabyte", { ...body, access_token: "s".repeat(1_000_000) }],
    ["a refresh token with a line break", { ...body, refresh_token: "secret\n" }],
    ["a number for a refresh token", { ...body, refresh_token: 7 }],
  ])("is rejected when it is or has %s, and the error shows nothing of it", (_, value) => {
    let thrown: unknown;
    try {
      tokensFrom(value, 0, "old");
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UnexpectedResponseError);
    expect(thrown).toMatchObject({ code: "unexpected_response", status: 200, operationId: "oauth.createToken" });
    expect(String(thrown)).not.toMatch(/s[eé]cret|sss/);
  });

  it.each<[string, object]>([
    ["access_token is missing", {}],
    ["access_token is missing", { ...body, access_token: "" }],
    ["access_token holds characters that no token has", { ...body, access_token: "sec ret" }],
    ["access_token is no text", { ...body, access_token: 7 }],
    ["access_token is no text", { ...body, access_token: null }],
    ["refresh_token holds characters that no token has", { ...body, refresh_token: "secret\n" }],
    ["refresh_token is no text", { ...body, refresh_token: {} }],
  ])("its error says that the %s, and what may be in the way", (problem, value) => {
    expect(() => tokensFrom(value, 0, "old")).toThrow(
      `oauth.createToken: the response has status 200, but its ${problem}. Nothing was stored. A proxy or a captive portal may be in the way; the next call tries again.`,
    );
  });

  it("its error is retryable, and names the request", () => {
    let thrown: unknown;
    try {
      tokensFrom({}, 0, undefined);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ retryable: true, method: "POST", path: "/oauth/token/" });
  });

  it("takes tokens of 16,384 characters, and none that is longer", () => {
    const longest = "a".repeat(16_384);
    expect(tokensFrom({ ...body, access_token: longest }, 0, "old").accessToken).toBe(longest);
    expect(() => tokensFrom({ ...body, access_token: `${longest}a` }, 0, "old")).toThrow("access_token");
  });

  it.each([undefined, null, ""])("keeps the old refresh token where it brings %s", (refresh_token) => {
    expect(tokensFrom({ ...body, refresh_token }, 0, "old").refreshToken).toBe("old");
  });

  it.each<[unknown, number]>([
    [36_000, 36_000],
    ["36000", 36_000],
    [30, 30],
    [1, 10],
    [0.5, 10],
    [0, 3_600],
    [-5, 3_600],
    ["", 3_600],
    [" ", 3_600],
    [true, 3_600],
    [["30"], 3_600],
    ["soon", 3_600],
    [undefined, 3_600],
    [null, 3_600],
    [Number.NaN, 3_600],
    [[], 3_600],
    [1e300, 366 * 86_400],
    [Number.POSITIVE_INFINITY, 366 * 86_400],
  ])("with expires_in %o is a token of %s seconds", (expires_in, seconds) => {
    expect(tokensFrom({ ...body, expires_in }, 0, "old").expiresAt).toBe(seconds * 1000);
  });

  it("has no scope where that is no text", () => {
    expect(tokensFrom({ ...body, scope: ["read"] }, 0, "old").scope).toBeUndefined();
  });
});
