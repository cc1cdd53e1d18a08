import type { SecurityScheme } from "../../generated/operations.ts";
import type { Clock } from "../base/clock.ts";
import type { SessionEvent } from "./events.ts";

/** Where the credential of a request comes from: a session, or a fixed token. */
export interface Auth {
  /** The security schemes of the spec that it fulfils. */
  readonly schemes: readonly SecurityScheme[];
  /** The value of the `Authorization` header for the next try. The signal ends the wait, not a refresh that others share. */
  authorization(signal: AbortSignal | undefined): Promise<string>;
  /** True when a token is at hand, so that `authorization` sends nothing. Absent where it never sends anything. */
  isReady?(): boolean;
  /**
   * Gets a credential newer than the one that the server has just rejected.
   *
   * @returns `refreshed` for one that the server has just issued, `shared` for one that another session left in the store
   * and that may have expired as well, undefined when there is none.
   */
  refresh?(options: {
    readonly rejected: string;
    readonly signal: AbortSignal | undefined;
  }): Promise<"refreshed" | "shared" | undefined>;
  /** Takes what it needs from the client that it is handed to. */
  bind?(host: TokenClient): void;
}

/** Fields of a token request and answer, as the spec names them. */
export type TokenForm = Readonly<Record<string, string | undefined>>;

/** The answer of the token endpoint. */
export interface TokenResponse {
  access_token: string;
  refresh_token?: string;
  token_type: string;
  /** Seconds. */
  expires_in: number;
  scope?: string;
}

/** A session's own way to the token endpoint, in place of the client's. */
export interface TokenRoute {
  readonly baseUrl: string | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
}

/** What a client lends to its session: the token operations, with its own transport behind them, and its clock. */
export interface TokenClient {
  createToken(form: TokenForm, route: TokenRoute): Promise<TokenResponse>;
  revokeToken(form: TokenForm, route: TokenRoute): Promise<void>;
  readonly clock: Clock;
  readonly emit?: ((event: SessionEvent) => void) | undefined;
}
