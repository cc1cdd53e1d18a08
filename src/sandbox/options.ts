import { checkOptionNames } from "../base/check-names.ts";
import { checkNumber } from "../base/check-number.ts";
import { checkFunctions } from "../base/check-type.ts";
import { type SandboxAccountOptions, usernameAt } from "./accounts.ts";
import type { Sleep, TimeSource } from "./clock.ts";
import { MOST_CAMERAS } from "./make-space.ts";
import type { SandboxQuotaOptions } from "./quota.ts";
import type { LogEntry } from "./request-log.ts";

/** How the sandbox begins. Everything has a default. */
export interface SandboxOptions {
  /**
   * The accounts: how many, or each one as you want it. The first is `user@example.com`.
   *
   * @default 1
   */
  readonly accounts?: number | readonly SandboxAccountOptions[];
  /**
   * How many cameras each account starts with.
   *
   * @default 12
   */
  readonly cameras?: number;
  /**
   * Where made-up data comes from. The same seed makes the same accounts, cameras and tokens each time; only times hang
   * on the clock.
   *
   * @default 1
   */
  readonly seed?: number;
  /**
   * The programs that may sign in.
   *
   * @default One client that may do everything, the one of the quick start.
   */
  readonly clients?: readonly SandboxClient[];
  /**
   * How long an access token works, in seconds.
   *
   * @default 36_000
   */
  readonly accessTokenLifetime?: number;
  /**
   * The quota of each account, or false for none.
   *
   * @default 30 requests in any 60 seconds and 1,000 in any 3,600, without a `Retry-After` header
   */
  readonly quota?: SandboxQuotaOptions | false;
  /**
   * Where time comes from. A constant freezes time until `sandbox.clock` is moved.
   *
   * @default The machine's clock.
   * @example
   * ```ts
   * createSandbox({ clock: { now: () => Date.parse("2026-11-24T12:00:00Z") } });
   * ```
   */
  readonly clock?: TimeSource;
  /**
   * Milliseconds before each response.
   *
   * @default 0
   */
  readonly latency?: number;
  /**
   * Waits, for latency and slow responses. A test passes its own and need not wait.
   *
   * @default setTimeout
   */
  readonly sleep?: Sleep;
  /** One more origin that `sandbox.fetch` serves, beside the document's servers and loopback addresses. */
  readonly baseUrl?: string;
  /**
   * Called for each request before its response, to change the state at the right moment. The entry has no status yet.
   *
   * @example
   * ```ts
   * onRequest: ({ operation, query }) => {
   *   if (operation === "cameras.list" && query.offset === "100") sandbox.cameras.add({}, 0);
   * },
   * ```
   */
  readonly onRequest?: (entry: LogEntry) => unknown;
}

/** A program that Angelcam gave a client id. */
export interface SandboxClient {
  readonly clientId: string;
  /**
   * Its secret. Where a request carries a secret, it must be this one; the code grant must carry it. A client without
   * one cannot use the code grant.
   */
  readonly clientSecret?: string;
  /** The grants that it may use; all by default. */
  readonly grants?: readonly SandboxGrant[];
  /** The scopes that it may request; all by default. */
  readonly scopes?: readonly string[];
  /** The redirect addresses on its list; any address by default. */
  readonly redirectUris?: readonly string[];
}

/** A kind of grant, as `grant_type` names it. */
export type SandboxGrant = "password" | "authorization_code" | "refresh_token";

/** The client of the quick start, with a secret that was made up for the sandbox. */
export const DEFAULT_CLIENT: SandboxClient & { readonly clientSecret: string } = {
  clientId: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
  clientSecret: "sandbox-client-secret-1",
};

const OPTIONS = [
  ...["accounts", "cameras", "seed", "clients", "accessTokenLifetime", "quota", "clock", "latency", "sleep", "baseUrl"],
  "onRequest",
];
const ACCOUNT_OPTIONS = ["username", "password", "profile", "cameras"];
const CLIENT_OPTIONS = ["clientId", "clientSecret", "grants", "scopes", "redirectUris"];

/**
 * Rejects invalid and unknown options before anything is made.
 *
 * @throws RangeError or TypeError naming the option.
 */
export function checkOptions(options: SandboxOptions): void {
  checkOptionNames("createSandbox", options, OPTIONS);
  if (options.quota) checkOptionNames("createSandbox: quota", options.quota, ["windows", "retryAfter"]);
  const accountList = typeof options.accounts === "object" ? options.accounts : [];
  for (const account of accountList) checkOptionNames("an account", account, ACCOUNT_OPTIONS);
  for (const client of options.clients ?? []) checkOptionNames("a client", client, CLIENT_OPTIONS);
  const { accounts = 1, cameras = 0, accessTokenLifetime = 1, latency = 0, clients, quota, baseUrl } = options;
  const { seed = 1, sleep, onRequest, clock } = options;
  if (typeof accounts === "number") checkNumber("createSandbox: accounts", { type: "integer", minimum: 1 }, accounts);
  for (const [name, list] of Object.entries({ accounts, clients })) {
    if (Array.isArray(list) && list.length === 0) throw new RangeError(`createSandbox: ${name} must not be empty`);
  }
  const names = accountList.map(({ username }, index) => username ?? usernameAt(index));
  if (new Set(names).size < names.length) throw new RangeError("createSandbox: two accounts have the same username");
  for (const count of [cameras, ...accountList.flatMap((account) => account.cameras ?? [])]) {
    checkNumber("createSandbox: cameras", { type: "integer", minimum: 0, maximum: MOST_CAMERAS }, count);
  }
  checkNumber("createSandbox: seed", { type: "number" }, seed);
  checkFunctions("createSandbox: ", { sleep, onRequest });
  if (clock !== undefined && typeof clock.now !== "function")
    throw new TypeError("createSandbox: clock must have the method now");
  if (clients?.some(({ clientId }) => typeof clientId !== "string" || clientId === ""))
    throw new TypeError("createSandbox: a client must have a clientId");
  if (!(accessTokenLifetime > 0))
    throw new RangeError("createSandbox: accessTokenLifetime must be more than 0 seconds");
  checkNumber("createSandbox: latency", { type: "number", minimum: 0 }, latency);
  for (const { limit, seconds } of (quota === false ? undefined : quota?.windows) ?? []) {
    checkNumber("createSandbox: limit of a quota window", { type: "integer", minimum: 1 }, limit);
    if (!(seconds > 0)) throw new RangeError("createSandbox: a quota window must last more than 0 seconds");
  }
  if (baseUrl !== undefined && !URL.canParse(baseUrl)) {
    throw new TypeError("createSandbox: baseUrl must be an absolute URL");
  }
}
