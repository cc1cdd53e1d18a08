import { describe, expect, it } from "vitest";
import { decodeTokens, encodeTokens } from "../../src/auth/token-record.ts";

const tokens = { accessToken: "a", refreshToken: "b", issuedAt: 1, expiresAt: 2, scope: "read write" };

describe("tokens that a store keeps as text", () => {
  it.each([
    ["as they are", tokens],
    ["with an empty scope, which a server may name", { ...tokens, scope: "" }],
    ["without a scope and a refresh token", { ...tokens, scope: undefined, refreshToken: undefined }],
    ["emptied by a sign-out", { ...tokens, accessToken: "", refreshToken: undefined }],
    ["with an empty refresh token", { ...tokens, refreshToken: "" }],
    ["with the fingerprint of their grant", { ...tokens, grant: "a1b2" }],
  ])("come back %s", (_, kept) => {
    expect(decodeTokens(encodeTokens(kept))).toStrictEqual(kept);
  });

  it("are JSON that names its format and release", () => {
    expect(encodeTokens(tokens)).toBe(
      `${JSON.stringify({ format: "angelcam-client/tokens", version: 1, tokens }, undefined, 2)}\n`,
    );
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a text", "access"],
    ["without an access token", { ...tokens, accessToken: undefined }],
    ["with a number for an access token", { ...tokens, accessToken: 7 }],
    ["with a number for a refresh token", { ...tokens, refreshToken: 7 }],
    ["with null for a refresh token", { ...tokens, refreshToken: null }],
    ["with a list for a scope", { ...tokens, scope: ["read"] }],
    ["without a time of issue", { ...tokens, issuedAt: undefined }],
    ["with a text for a time of issue", { ...tokens, issuedAt: "1" }],
    ["without an end", { ...tokens, expiresAt: null }],
  ])("are damaged as %s", (_, content) => {
    const text = JSON.stringify({ format: "angelcam-client/tokens", version: 1, tokens: content });
    expect(decodeTokens(text)).toBe("damaged");
  });

  it.each<[string, object]>([
    ["a line break in the access token", { accessToken: "a\nb" }],
    ["a number for a refresh token", { refreshToken: 7 }],
    ["NaN for the end", { expiresAt: Number.NaN }],
    ["null for a grant", { grant: null }],
  ])("are not written with %s, and the error shows no token", (_, wrong) => {
    const invalid = { ...tokens, accessToken: "secret-access", ...wrong };
    expect(() => encodeTokens(invalid)).toThrow(/^The tokens to write are invalid, so the ones before were left/);
    expect(() => encodeTokens(invalid)).not.toThrow(/secret-access/);
  });

  it("lose what else a record holds", () => {
    const text = JSON.stringify({ format: "angelcam-client/tokens", version: 1, tokens: { ...tokens, extra: 1 } });
    expect(decodeTokens(text)).toEqual(tokens);
  });

  it.each([
    ["foreign", "{}"],
    ["foreign", "no JSON"],
    ["foreign", "null"],
    ["other-release", encodeTokens(tokens).replace('"version": 1', '"version": 2')],
    ["damaged", encodeTokens(tokens).replace('"expiresAt": 2', '"expiresAt": "2"')],
  ])("are distinguished from what is %s", (problem, text) => {
    expect(decodeTokens(text)).toBe(problem);
  });
});
