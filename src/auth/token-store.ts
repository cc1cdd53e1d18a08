/** The tokens of a session, as they are stored. Every field is a credential or describes one: treat it as a secret. */
export interface Tokens {
  /** Empty after `revoke()`. */
  readonly accessToken: string;
  /** Works once: its use returns a new pair and invalidates this one. */
  readonly refreshToken: string | undefined;
  /** When the server issued them, in milliseconds since 1970 (UTC). */
  readonly issuedAt: number;
  /** When the access token expires, in milliseconds since 1970 (UTC). */
  readonly expiresAt: number;
  /** The scopes that were granted, as the server words them. */
  readonly scope: string | undefined;
  /**
   * Fingerprint of the refresh token or code that the session began with. A program that is started again with the same one
   * does not send it again. Undefined for a password.
   */
  readonly grant?: string | undefined;
}

/** The access that a store passes to the callback that runs under its lock. */
export interface LockedTokenStore {
  /** Like `TokenStore.read`, without waiting for the lock. */
  read(): Promise<Tokens | null | undefined>;
  /** Like `TokenStore.write`, without waiting for the lock. */
  write(tokens: Tokens): Promise<unknown>;
  /**
   * Rejects when the lock is no longer held, or when tokens could not be written now. A session calls it right before it
   * sends a refresh token, which works once: after a process was suspended, another one may have taken over.
   */
  verify?(): Promise<unknown>;
}

/**
 * Where a session keeps its tokens between runs, or shares them with other processes. Keep every field of `Tokens`.
 *
 * `read` and `write` are enough for one process. Where several share the tokens, add `lock`: it runs `work` while no other
 * process does, and hands it the `read` and `write` to use meanwhile. Those must not wait for the lock again, so that a
 * store with one mutex for everything cannot deadlock. A store that passes nothing to `work` has its own `read` and
 * `write` called under the lock.
 *
 * Each method may call the API through the same client: such a call uses the newest tokens, and does not wait for the
 * refresh that it is a part of. Before the first sign-in there are none, and it fails with a `TokenStoreError`.
 *
 * @example
 * ```ts
 * const store: TokenStore = {
 *   read: () => db.get("angelcam"),
 *   write: (tokens) => db.set("angelcam", tokens),
 * };
 * ```
 *
 * @example Several processes on one PostgreSQL: the lock is one of the database, held on a connection of its own.
 * ```ts
 * const store: TokenStore = {
 *   read: () => readTokens(pool),
 *   write: (tokens) => writeTokens(pool, tokens),
 *   lock: async (work) => {
 *     const connection = await pool.connect();
 *     try {
 *       await connection.query("select pg_advisory_lock(1234)");
 *       return await work({
 *         read: () => readTokens(connection),
 *         write: (tokens) => writeTokens(connection, tokens),
 *         // A lost connection has lost the lock too.
 *         verify: () => connection.query("select 1"),
 *       });
 *     } finally {
 *       await connection.query("select pg_advisory_unlock(1234)").catch(() => {});
 *       connection.release();
 *     }
 *   },
 * };
 * ```
 */
export interface TokenStore {
  /** The tokens that were written last, or undefined or null. */
  read(): Promise<Tokens | null | undefined>;
  /** Keeps new tokens. They count as saved once the promise is resolved, and no call uses them before that. */
  write(tokens: Tokens): Promise<unknown>;
  /**
   * Runs `work` while no other process refreshes the tokens, and returns its result. Needed only where several sessions or
   * processes share one store.
   *
   * @param work Call it once, with the `read` and `write` that it is to use under the lock.
   * @param options.signal Aborts when no caller waits for the lock any more: stop waiting, and reject.
   */
  lock?<T>(work: (locked: LockedTokenStore) => Promise<T>, options?: LockOptions): Promise<T>;
}

/** Options of `TokenStore.lock`. */
export interface LockOptions {
  /** Aborts when no caller waits for the lock any more. */
  readonly signal?: AbortSignal | undefined;
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
