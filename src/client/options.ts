import type { ServerName } from "../../generated/operations.ts";
import type { Auth } from "../auth/auth.ts";
import { checkBaseUrl } from "../base/base-url.ts";
import { checkOptionNames } from "../base/check-names.ts";
import { checkNumber } from "../base/check-number.ts";
import { checkClock, checkFunctions } from "../base/check-type.ts";
import type { Clock } from "../base/clock.ts";
import { copyGiven, type Given } from "../base/copy-given.ts";
import type { Fetch } from "../base/fetch.ts";
import type { RetryOptions } from "../errors/retry-policy.ts";
import type { QuotaOptions } from "../quota/options.ts";
import type { QuotaLimiter } from "../quota/quota.ts";
import { checkSharedOptions } from "../transport/call-options.ts";
import type { ClientEvent } from "../transport/events.ts";
import { checkServerName } from "../transport/server.ts";

/** Options of a client. Everything has a default, even `auth` where no token is needed. */
export interface AngelcamOptions {
  /** The credential: an `OAuthSession`, `personalAccessToken("…")` or `bearerToken("…")`. */
  auth?: Auth | undefined;
  /**
   * A server that the spec names.
   *
   * @default "production"
   */
  server?: ServerName | undefined;
  /**
   * One base URL in place of every server, for a mock, a sandbox or a proxy. It is https, or http on a loopback host. The
   * paths of the API begin with `/v1/` or `/oauth/`, so it does not end in `/v1`.
   */
  baseUrl?: string | undefined;
  /**
   * True to allow plain http to any host of `baseUrl`: tokens then cross the network in clear text. For a private network
   * such as Docker Compose or a Kubernetes pod. It does not count for the `baseUrl` of a call by path.
   *
   * @default false
   */
  allowInsecureHttp?: boolean | undefined;
  /**
   * The function that sends requests. Like the global one, it returns an unread response for an error status too, and throws
   * only where none came: ky needs `throwHttpErrors: false`. Otherwise a 401 refreshes no token, and a 503 is no outage.
   *
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
  /**
   * Milliseconds that one attempt may take, the body of the response included. At least 1.
   *
   * @default 30_000
   */
  timeout?: number | undefined;
  /**
   * Milliseconds that a whole call may take: queue, tokens, locks and retries included. At least 1.
   *
   * @default 180_000
   */
  deadline?: number | undefined;
  /**
   * When a failed request is sent again; false for never. A request that got a 401 is sent again with a new token of the
   * session in any case.
   *
   * @default { attempts: 3, methods: ["GET", "PUT", "DELETE"], statuses: [429, 500, 502, 503, 504], baseDelay: 500, maxDelay: 20_000 }
   * @example
   * ```ts
   * new Angelcam({ auth, retry: { attempts: 5 } });
   * ```
   */
  retry?: RetryOptions | false | undefined;
  /**
   * The requests that the account may spend: options, a `Quota` that several clients of the account share, or false for
   * no limit.
   *
   * @default { windows: [{ limit: 30, seconds: 60 }, { limit: 1000, seconds: 3600 }] }
   */
  quota?: QuotaOptions | QuotaLimiter | false | undefined;
  /**
   * True to let identical GETs that are under way at the same moment share one request. Each caller gets its own copy. The
   * request has the deadline of the call that began it. A call with options of `fetch`, or with another `fetch`, has a
   * request of its own.
   *
   * @default false
   */
  coalesce?: boolean | undefined;
  /**
   * Bytes of the largest response that is read, counted after decompression. At least 1.
   *
   * @default 33_554_432 (32 MB)
   */
  maxResponseSize?: number | undefined;
  /** Receives events: `request`, `response`, `retry`, `quota_wait`, `refresh`, `token_save_failed`. No secret is in them. */
  onEvent?: ((event: ClientEvent) => unknown) | undefined;
  /** Id of the space to work in (`X-Space-Id`); without it the account's default space. */
  space?: string | number | undefined;
  /** The source of time, for tests that do not want to wait. */
  clock?: Clock | undefined;
  /** The source of random numbers from 0 up to 1, for tests that want the same delays each time. */
  random?: (() => number) | undefined;
}

/** Defaults of `AngelcamOptions`; the README quotes them. `retryDefaults` and `quotaDefaults` hold the rest. */
export const clientDefaults = { timeout: 30_000, deadline: 180_000, maxResponseSize: 32 * 1024 * 1024 } as const;

const NAMES = [
  "auth",
  "server",
  "baseUrl",
  "allowInsecureHttp",
  "fetch",
  "timeout",
  "deadline",
  "retry",
  "quota",
  "coalesce",
  "maxResponseSize",
  "onEvent",
  "space",
  "clock",
  "random",
] as const satisfies (keyof AngelcamOptions)[];

/**
 * Rejects options of an unknown name or of the wrong type, before anything is made of them.
 *
 * @returns A copy without what is undefined: the program may use its object again for the next account, before the first
 * call of this client reads it.
 * @throws TypeError or RangeError naming the option and what it should be.
 */
export function checkOptions(options: AngelcamOptions): Given<AngelcamOptions> {
  checkOptionNames("new Angelcam()", options, NAMES);
  const { auth, baseUrl, clock, fetch, maxResponseSize, onEvent, random } = options;
  if (auth !== undefined && typeof auth?.authorization !== "function") {
    throw new TypeError(
      "auth must be an OAuthSession, personalAccessToken(…) or bearerToken(…): a token alone does not say which kind it is",
    );
  }
  checkFunctions("", { fetch, onEvent, random });
  checkClock("", clock);
  if (/\/v1\/?$/.test(String(baseUrl))) {
    throw new TypeError("baseUrl must not end in /v1: the paths of the API begin with it");
  }
  checkBaseUrl(baseUrl, options.allowInsecureHttp);
  checkServerName(options.server);
  checkSharedOptions("", options);
  if (maxResponseSize !== undefined) checkNumber("maxResponseSize", { type: "integer", minimum: 1 }, maxResponseSize);
  return copyGiven(options, NAMES);
}
