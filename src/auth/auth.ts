import type { SecurityScheme } from "../../generated/operations.ts";
import type { Clock } from "../base/clock.ts";
import type { Fetch } from "../base/fetch.ts";
import type { SessionEvent } from "./events.ts";

/** Where the credential of a request comes from: a session, or a fixed token. */
export interface Auth {
  /** The security schemes of the spec that it satisfies. */
  readonly schemes: readonly SecurityScheme[];
  /** The value of the `Authorization` header for the next try. The signal ends the wait, not a refresh that others share. */
  authorization(signal: AbortSignal | undefined): Promise<string>;
  /** As `authorization`, of a token at hand; undefined when one has to be requested. Absent where that cannot be known at once. */
  tryAuthorization?(): string | undefined;
  /**
   * Gets a credential newer than the one that the server has just rejected.
   *
   * @returns `refreshed` for one that the server has just issued, `shared` for one that another session left in the store
   * and that may have expired as well, undefined when there is none.
   */
  refresh?(options: RejectedCredential): Promise<"refreshed" | "shared" | undefined>;
  /** Takes what it needs from the client that it is handed to. */
  bind?(host: TokenClient): void;
}

/** A credential that the server has rejected with 401. */
export interface RejectedCredential {
  /** The `Authorization` header that was sent. */
  readonly rejected: string;
  /** True when this call had been refreshed already: a new token was rejected too, so that the token is not the reason. */
  readonly again?: boolean | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Fields of a token request, as the spec names them. */
export type TokenForm = Readonly<Record<string, string | undefined>>;

/** The response of the token endpoint, as it came: the session checks it before it believes it. */
export interface TokenResponse {
  readonly [field: string]: unknown;
  /** The `Date` header in milliseconds since 1970 (UTC); undefined or NaN where the response has no readable one. */
  readonly serverTime: number | undefined;
}

/** A session's own way to the token endpoint, instead of the client's. */
export interface TokenRoute {
  readonly baseUrl: string | undefined;
  readonly fetch: Fetch | undefined;
  /** Ends the wait for the quota, and the pauses between tries. */
  readonly signal?: AbortSignal | undefined;
}

/** The part of a client that its session uses: the token operations, sent with the client's transport, and its clock. */
export interface TokenClient {
  createToken(form: TokenForm, route: TokenRoute): Promise<TokenResponse>;
  revokeToken(form: TokenForm, route: TokenRoute): Promise<void>;
  /** The credentials of the client's requests. */
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Milliseconds that a call of the client may take, where that is not the default. */
  readonly deadline?: number | undefined;
  readonly emit?: ((event: SessionEvent) => void) | undefined;
}
