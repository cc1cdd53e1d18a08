import { expect, it } from "vitest";
import { refreshTokenGrant } from "../../src/auth/grants.ts";
import { TokenCache } from "../../src/auth/token-cache.ts";
import { TokenRefresh } from "../../src/auth/token-refresh.ts";
import { memoryTokenStore, type Tokens } from "../../src/auth/token-store.ts";
import { ManualClock } from "../support/manual-clock.ts";

it("a session of years remembers its last hundred refresh tokens and the one that it began with, and no more", async () => {
  const clock = new ManualClock();
  const store = memoryTokenStore();
  const refresh = new TokenRefresh({
    cache: new TokenCache({ store, onTokens: undefined, onSaveFailure: () => {}, clock: () => clock }),
    grant: refreshTokenGrant({ refreshToken: "refresh-0" }),
    program: { client_id: "client" },
    route: { baseUrl: undefined, fetch: undefined },
    isUsable: () => false,
  });
  let issued = 0;
  const host = {
    clock,
    fetch: globalThis.fetch,
    revokeToken: async () => {},
    createToken: async () => {
      issued++;
      return { access_token: `access-${issued}`, refresh_token: `refresh-${issued}`, serverTime: undefined };
    },
  };
  const { signal } = new AbortController();
  for (let turn = 0; turn < 1_000; turn++) await refresh.run(host, { immediately: false, signal });
  const isUsed = (refreshToken: string) => refresh.isOutdated({ refreshToken } as Tokens);
  const used = Array.from({ length: 1_001 }, (_, index) => index).filter((index) => isUsed(`refresh-${index}`));
  expect(used).toEqual([0, ...Array.from({ length: 99 }, (_, index) => 901 + index)]);
});
