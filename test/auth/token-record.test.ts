import { describe, expect, it } from "vitest";
import { decodeTokens, encodeTokens } from "../../src/auth/token-record.ts";

const tokens = { accessToken: "a", refreshToken: "b", issuedAt: 1, expiresAt: 2, scope: "read write" };

describe("tokens that a store keeps as text", () => {
  it.each([
    ["as they are", tokens],
    ["with an empty scope, which a server may name", { ...tokens, scope: "" }],
    ["without a scope and a refresh token", { ...tokens, scope: undefined, refreshToken: undefined }],
    ["emptied by a sign-out", { ...tokens, accessToken: "", refreshToken: undefined }],
  ])("come back %s", (_, kept) => {
    expect(decodeTokens(encodeTokens(kept))).toEqual(kept);
  });

  it.each([
    ["foreign", "{}"],
    ["foreign", "no JSON"],
    ["foreign", "null"],
    ["other-release", encodeTokens(tokens).replace('"version": 1', '"version": 2')],
    ["damaged", encodeTokens(tokens).replace('"expiresAt": 2', '"expiresAt": "2"')],
  ])("are told apart from what is %s", (problem, text) => {
    expect(decodeTokens(text)).toBe(problem);
  });
});
