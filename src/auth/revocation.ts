import { TokenStoreError } from "../errors/client-errors.ts";
import { cleanError } from "../errors/redact.ts";
import type { TokenClient, TokenForm, TokenRoute } from "./auth.ts";
import type { TokenCache } from "./token-cache.ts";
import type { LockedTokenStore, Tokens } from "./token-store.ts";

/** The dependencies of a session's revocation. */
export interface RevocationSettings {
  readonly cache: TokenCache;
  /** Fields that identify the program. */
  readonly program: TokenForm;
  readonly route: Pick<TokenRoute, "baseUrl" | "fetch">;
  /** True for tokens that this session has replaced itself. */
  readonly isOutdated: (tokens: Tokens) => boolean;
}

/** The end of a session by its own program: at Angelcam first, then in the store. */
export class Revocation {
  readonly #settings: RevocationSettings;
  #running = 0;
  #isRevoked = false;
  #holdsTokens = true;

  constructor(settings: RevocationSettings) {
    this.#settings = settings;
  }

  /** True once Angelcam has forgotten the refresh token: the session is over. */
  get isRevoked(): boolean {
    return this.#isRevoked;
  }

  /** True from the start of a revocation: no refresh may begin. False again when the server was not reached. */
  get hasBegun(): boolean {
    return this.#isRevoked || this.#running > 0;
  }

  /**
   * Revokes the newest tokens under the lock of the store, and replaces them by empty ones.
   *
   * @throws The error of the request, after which the session goes on; TokenStoreError when the store could not be emptied.
   */
  async run(host: TokenClient, signal: AbortSignal | undefined): Promise<void> {
    this.#running++;
    try {
      await this.#settings.cache.lock((locked) => this.#revoke(locked, host, signal), signal);
    } finally {
      this.#running--;
    }
  }

  async #revoke(locked: LockedTokenStore, host: TokenClient, signal: AbortSignal | undefined): Promise<void> {
    const { cache, program, route, isOutdated } = this.#settings;
    // Another call has done it, or `onTokens` calls back while it is notified of the empty tokens.
    if (!this.#holdsTokens) return;
    const tokens = cache.incoming ?? (await cache.load(locked, isOutdated));
    if (tokens?.refreshToken) await host.revokeToken({ ...program, token: tokens.refreshToken }, { ...route, signal });
    this.#isRevoked = true;
    this.#holdsTokens = false;
    try {
      await cache.replace(emptyTokens(host.clock.now(), tokens?.grant), locked);
    } catch (error) {
      this.#holdsTokens = true;
      throw new TokenStoreError(
        "The session was revoked at Angelcam, but the token store or onTokens could not take the empty tokens. Call revoke() once more, or delete the tokens yourself.",
        true,
        cleanError(error, [tokens?.accessToken ?? "", tokens?.refreshToken ?? ""]),
      );
    }
  }
}

/** A session that starts with these signs in with its grant, unless it is the one of the revoked session. */
function emptyTokens(now: number, grant: string | undefined): Tokens {
  const empty = { accessToken: "", refreshToken: undefined, issuedAt: now, expiresAt: now, scope: undefined };
  return grant === undefined ? empty : { ...empty, grant };
}
