/// <reference lib="esnext.disposable" preserve="true" />
import type { SandboxAccount } from "./accounts.ts";
import type { SandboxClock } from "./clock.ts";
import type { SandboxFaults } from "./fault-list.ts";
import type { SandboxClient } from "./options.ts";
import type { SandboxQuotaState } from "./quota.ts";
import type { LogEntry, LogFilter } from "./request-log.ts";
import type { SandboxSpaceContent } from "./space.ts";
import type { SandboxAuthorizeOptions, SandboxTokens } from "./tokens.ts";

/** A small Angelcam in memory, with what belongs to the default space of the first account. */
export interface Sandbox extends SandboxSpaceContent {
  /**
   * A `fetch` that reaches the sandbox: hand it to the client. It responds for the servers of the document, for loopback
   * addresses and for `baseUrl`; any other host is not found.
   *
   * @example
   * ```ts
   * const angelcam = new Angelcam({ auth: session, fetch: sandbox.fetch });
   * ```
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * Serves the sandbox over HTTP (Node only).
   *
   * @throws An error with the code `EADDRINUSE` when the port is taken.
   * @example
   * ```ts
   * await using server = await sandbox.listen();
   * const angelcam = new Angelcam({ auth: session, baseUrl: server.origin });
   * ```
   */
  listen(options?: SandboxListenOptions): Promise<SandboxListener>;

  /** The sandbox's time; a test can move it. */
  readonly clock: SandboxClock;
  /** The first account. */
  readonly account: SandboxAccount;
  /** All accounts. */
  readonly accounts: readonly SandboxAccount[];
  /** The first client: its `clientId` and `clientSecret`. */
  readonly client: SandboxClient;
  /** All clients. */
  readonly clients: readonly SandboxClient[];
  /** The planned faults. */
  readonly faults: SandboxFaults;
  /** Tokens and sessions. */
  readonly tokens: SandboxTokens;
  /** The request counters of the server. */
  readonly quota: SandboxQuota;

  /** Lets a user agree to a sign-in, and returns the authorization code. It works once, within ten minutes. */
  authorize(options: SandboxAuthorizeOptions): string;
  /** Every access token that is out stops working now; refresh tokens still work. */
  expireAccessTokens(): void;
  /** How often a refresh token or a code came that had been used before. Its session ends then. */
  readonly tokenReuses: number;

  /** The requests that came, oldest first. */
  readonly requests: readonly LogEntry[];
  /**
   * Counts requests.
   *
   * @example
   * ```ts
   * sandbox.count({ operation: "oauth.createToken", grant: "refresh_token", status: 200 });
   * ```
   */
  count(filter?: LogFilter): number;
  /** Forgets the requests that came. The quota does not forget them. */
  clearLog(): void;
}

/** Where the sandbox listens. */
export interface SandboxListenOptions {
  /** 0 for a free one. @default 0 */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
}

/** The sandbox, listening. */
export interface SandboxListener extends AsyncDisposable {
  /** Such as `http://127.0.0.1:4020`: the `baseUrl` for a client. */
  readonly origin: string;
  /** Stops listening and breaks the connections that are open. */
  close(): Promise<void>;
}

/** The request counters of the server. */
export interface SandboxQuota {
  /** How far an account, the first one by default, has used up its windows. Empty without a quota. */
  state(account?: SandboxAccount): readonly SandboxQuotaState[];
  /** Forgets the requests of all accounts. */
  reset(): void;
}
