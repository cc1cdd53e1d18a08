import type { TokenResponse } from "./auth.ts";

/** The tokens of a session, as they are stored. Every field is a credential or tells about one: treat it as a secret. */
export interface Tokens {
  readonly accessToken: string;
  /** Works once: using it gives a new pair and kills this one. */
  readonly refreshToken: string | undefined;
  /** When the server issued them, in milliseconds since 1970 (UTC) by the clock of this machine. */
  readonly issuedAt: number;
  /** When the access token ends, in milliseconds since 1970 (UTC). */
  readonly expiresAt: number;
  /** The scopes that were granted, as the server words them. */
  readonly scope: string | undefined;
}

/**
 * Where a session keeps its tokens between runs, or shares them with other processes.
 *
 * @example
 * ```ts
 * const store: TokenStore = {
 *   read: async () => JSON.parse((await vault.get("angelcam")) ?? "null") ?? undefined,
 *   write: async (tokens) => vault.set("angelcam", JSON.stringify(tokens)),
 * };
 * ```
 */
export interface TokenStore {
  /** The tokens that were written last, or undefined. */
  read(): Promise<Tokens | undefined>;
  /** Keeps new tokens. They count as saved once the promise is fulfilled, and no call uses them before that. */
  write(tokens: Tokens): Promise<void>;
  /**
   * Runs `work` while nobody else who shares the store renews the tokens. Needed only where several sessions or
   * processes share one store.
   */
  lock?<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Keeps tokens for as long as the process runs. The default of a session.
 *
 * @param initial Tokens to start with.
 */
export function memoryTokenStore(initial?: Tokens): TokenStore {
  let current = initial;
  return {
    read: async () => current,
    write: async (tokens) => {
      current = tokens;
    },
  };
}

/** Assumed where the answer does not say how long the access token lives, in seconds (RFC 6749 leaves it open). */
const ASSUMED_LIFE = 3600;

/** The answer of the token endpoint as tokens. A life of zero would mean a new token for each request. @internal */
export function tokensFrom(answer: TokenResponse, now: number): Tokens {
  const seconds = Number.isFinite(answer.expires_in) ? Math.max(1, answer.expires_in) : ASSUMED_LIFE;
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    issuedAt: now,
    expiresAt: now + seconds * 1000,
    scope: answer.scope,
  };
}
