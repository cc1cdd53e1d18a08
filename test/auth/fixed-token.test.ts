import { describe, expect, it } from "vitest";
import { bearerToken, personalAccessToken } from "../../src/index.ts";

describe("a fixed token", () => {
  it.each([
    ["personalAccessToken", personalAccessToken("abc123"), "PersonalAccessToken abc123"],
    ["bearerToken", bearerToken("abc123"), "Bearer abc123"],
  ])("of %s is at hand at once, and for code that waits for it", async (_, auth, header) => {
    expect(auth.tryAuthorization?.()).toBe(header);
    expect(await auth.authorization(undefined)).toBe(header);
  });

  it("of a function is not at hand: the function is asked for each request", async () => {
    let calls = 0;
    const auth = bearerToken(() => `token-${++calls}`);
    expect(auth.tryAuthorization).toBeUndefined();
    expect([await auth.authorization(undefined), await auth.authorization(undefined)]).toEqual([
      "Bearer token-1",
      "Bearer token-2",
    ]);
  });
});
