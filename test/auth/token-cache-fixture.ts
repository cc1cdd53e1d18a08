import { TokenCache, type TokenCacheSettings } from "../../src/auth/token-cache.ts";
import type { TokenStore, Tokens } from "../../src/auth/token-store.ts";
import { ManualClock } from "../support/manual-clock.ts";

function tokensNamed(name: string): Tokens {
  return { accessToken: name, refreshToken: `${name}-refresh`, issuedAt: 0, expiresAt: 1, scope: undefined };
}

export const [old, next, newest] = [tokensNamed("old"), tokensNamed("next"), tokensNamed("newest")];

export const settled = () => new Promise((resolve) => setImmediate(resolve));

export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolvePromise = () => {};
  const promise = new Promise<void>((resolve) => {
    resolvePromise = resolve;
  });
  return { promise, resolve: resolvePromise };
}

export const never = () => false;

export const cacheOver = (store: TokenStore, clock = new ManualClock(), facts: Partial<TokenCacheSettings> = {}) =>
  new TokenCache({ store, onTokens: undefined, onSaveFailure: () => {}, clock: () => clock, ...facts });
