import { describe, expect, it } from "vitest";
import { cannotBeWritten, checkStored, hasNoRoom, summarizeError } from "../../src/auth/stored-tokens.ts";

const tokens = { accessToken: "access", refreshToken: "refresh", issuedAt: 1_000, expiresAt: 2_000, scope: "read" };

describe("what a store has read", () => {
  it.each<[string, object]>([
    ["times as text", { issuedAt: "1000", expiresAt: "2000" }],
    ["times as ISO text", { issuedAt: "1970-01-01T00:00:01Z", expiresAt: "1970-01-01T01:00:02.000+01:00" }],
    ["times as bigint", { issuedAt: 1_000n, expiresAt: 2_000n }],
    ["times as dates", { issuedAt: new Date(1_000), expiresAt: new Date(2_000) }],
    ["a grant that is no text", { grant: 7 }],
  ])("with %s counts as tokens", (_, other) => {
    expect(checkStored({ ...tokens, ...other })).toStrictEqual(tokens);
  });

  it("with null for undefined counts as tokens", () => {
    expect(checkStored({ ...tokens, refreshToken: null, scope: null, grant: null })).toStrictEqual({
      ...tokens,
      refreshToken: undefined,
      scope: undefined,
    });
  });

  it("keeps the fingerprint of its grant", () => {
    expect(checkStored({ ...tokens, grant: "a1b2" })).toHaveProperty("grant", "a1b2");
  });

  it.each<[string, unknown]>([
    ["true for a time", { ...tokens, issuedAt: true }],
    ["a list for a time", { ...tokens, expiresAt: [2_000] }],
    ["a time without a time zone", { ...tokens, expiresAt: "1970-01-01T00:00:02" }],
    ["an empty object", {}],
    ["a text", JSON.stringify(tokens)],
  ])("is rejected with %s", (_, value) => {
    expect(() => checkStored(value)).toThrow(/^The token store read something else than tokens/);
  });
});

/** An error with the code, behind so many others. */
function errorBehind(depth: number, code: string): Error {
  const error: Error = Object.assign(new Error("write"), { code });
  return depth === 0 ? error : new Error("wrapped", { cause: errorBehind(depth - 1, code) });
}

describe("an error of the store", () => {
  it.each(["ENOSPC", "EDQUOT", "EROFS"])("with the code %s means that there is no room", (code) => {
    expect(hasNoRoom(errorBehind(0, code))).toBe(true);
    expect(cannotBeWritten(errorBehind(0, code))).toBe(true);
  });

  it.each(["EACCES", "EPERM"])("with the code %s means that it cannot be written, and may be later", (code) => {
    expect(hasNoRoom(errorBehind(0, code))).toBe(false);
    expect(cannotBeWritten(errorBehind(0, code))).toBe(true);
  });

  it("is looked at down to the fourth cause", () => {
    expect([4, 5].map((depth) => hasNoRoom(errorBehind(depth, "ENOSPC")))).toEqual([true, false]);
  });

  it("that is its own cause ends the search", () => {
    const error = new Error("loop");
    error.cause = error;
    expect(cannotBeWritten(error)).toBe(false);
  });

  it("is reported without its tokens, with its code as text where it has one", () => {
    const error = Object.assign(new Error("INSERT access, refresh"), { name: "DatabaseError", code: 23505 });
    expect(summarizeError(error, { ...tokens, accessToken: "access-1", refreshToken: undefined })).toStrictEqual({
      name: "DatabaseError",
      message: "INSERT access, refresh",
      code: "23505",
    });
    expect(
      summarizeError(new Error("access-1 refresh-1"), {
        ...tokens,
        accessToken: "access-1",
        refreshToken: "refresh-1",
      }),
    ).toStrictEqual({
      name: "Error",
      message: "[secret] [secret]",
    });
  });

  it("before any tokens were read is reported as it is", () => {
    expect(summarizeError(new Error("disk"), undefined)).toStrictEqual({ name: "Error", message: "disk" });
  });
});
