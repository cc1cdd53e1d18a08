import { operations, Resources, type ServerName } from "../../generated/client.ts";
import type { Auth, TokenClient, TokenForm, TokenResponse, TokenRoute } from "../auth/auth.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { Quota, type QuotaLimiter, type QuotaOptions } from "../quota/quota.ts";
import { checkOptions } from "../transport/check-number.ts";
import { type ClientEvent, type Emit, safely } from "../transport/events.ts";
import type { Api } from "../transport/openapi-fetch.ts";
import { checkRetry, type RetryOptions } from "../transport/retry-options.ts";
import { checkBaseUrl, checkServerName } from "../transport/server.ts";
import { createTransport, type Transport } from "../transport/transport.ts";
import type { Operation } from "./operation.ts";

/** What a client is made of. Everything has a default but `auth`, and even that may be left out where no token is needed. */
export interface AngelcamOptions {
  /** Who calls: an `OAuthSession`, `personalAccessToken("…")` or `bearerToken("…")`. */
  auth?: Auth | undefined;
  /**
   * A named server of the spec.
   *
   * @default "production"
   */
  server?: ServerName | undefined;
  /** One origin in place of every server, for a mock, a sandbox or a proxy. https, or http on localhost. */
  baseUrl?: string | undefined;
  /**
   * The function that sends requests.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * Milliseconds that one try of a request may take, its body included.
   *
   * @default 30_000
   */
  timeout?: number | undefined;
  /**
   * Milliseconds that a call may take with all its tries and waits. A wait in line that would be longer fails at once.
   *
   * @default 180_000
   */
  deadline?: number | undefined;
  /**
   * When a failed request is sent again: only what is safe to repeat. False for never.
   *
   * @default { attempts: 3, baseDelay: 500, maxDelay: 20_000 }
   */
  retry?: RetryOptions | false | undefined;
  /**
   * The requests that the account may spend: options, a `Quota` that several clients share, or false for no line at all.
   *
   * @default { windows: [{ limit: 20, seconds: 60 }, { limit: 1000, seconds: 86_400 }], maxWait: 60_000 }
   */
  quota?: QuotaOptions | QuotaLimiter | false | undefined;
  /**
   * Lets identical GETs that are under way at the same moment share one request, each caller getting its own copy.
   *
   * @default false
   */
  coalesce?: boolean | undefined;
  /** Told what happens: request, response, retry, wait, refresh. No secret is in an event. */
  onEvent?: ((event: ClientEvent) => void) | undefined;
  /** Id of the space to work in (`X-Space-Id`); without it the account's default space. */
  space?: string | number | undefined;
  /** Where time comes from, for tests that do not want to wait. */
  clock?: Clock | undefined;
  /** Where chance comes from, a number from 0 up to 1, for tests that want it foreseeable. */
  random?: (() => number) | undefined;
}

/** Defaults of `AngelcamOptions`; the README quotes them. See `retryDefaults` and `quotaDefaults` for the rest. */
export const defaults = { timeout: 30_000, deadline: 180_000 } as const;

/**
 * The client of one Angelcam account: every operation of the API as a method, and `api` for calls by path.
 *
 * @throws TypeError or RangeError for an option that makes no sense, naming it.
 * @example
 * ```ts
 * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
 * const { email } = await angelcam.me.get();
 * ```
 */
export class Angelcam extends Resources {
  /**
   * Every path of the spec with the types of openapi-fetch, through the same pipeline as the methods: servers, tokens,
   * quota, repetitions. It resolves to `{ data, error, response }` and throws only where no documented answer came.
   *
   * @example
   * ```ts
   * const { data } = await angelcam.api.GET("/v1/cameras/{camera_id}/", { params: { path: { camera_id: 1234 } } });
   * ```
   */
  readonly api: Api;

  /** The account's quota: `quota.snapshot()` tells what is left. */
  readonly quota: QuotaLimiter;

  constructor(options: AngelcamOptions = {}) {
    const {
      auth,
      server,
      baseUrl,
      clock = systemClock,
      timeout = defaults.timeout,
      deadline = defaults.deadline,
      random = Math.random,
      // Looked up at each request, so that a fetch which is put in place later is used.
      fetch = (...request) => globalThis.fetch(...request),
    } = options;
    checkOptions("", { timeout, deadline });
    checkServerName(server, operations);
    const quota = toQuota(options.quota, clock);
    const emit = safely(options.onEvent);
    const transport = createTransport({
      // What is left out is as good as undefined.
      ...(options as Required<AngelcamOptions>),
      operations,
      timeout,
      deadline,
      clock,
      emit,
      baseUrl: checkBaseUrl(baseUrl),
      fetch,
      retry: checkRetry(options.retry),
      quota: options.quota === false ? undefined : quota,
      random,
    });
    super(transport);
    this.api = transport.api;
    this.quota = quota;
    auth?.bind?.(hostFor(transport, clock, emit));
  }
}

/** What the client lends to its session. */
function hostFor({ send }: Transport, clock: Clock, emit: Emit | undefined): TokenClient {
  const post =
    <T>(operation: Operation) =>
    async (form: TokenForm, route: TokenRoute) =>
      (await send(operation, { path: {}, body: form }, undefined, { ...route, urgent: true })).data as T;
  return {
    createToken: post<TokenResponse>(operations["oauth.createToken"]),
    revokeToken: post<void>(operations["oauth.revokeToken"]),
    clock,
    emit,
  };
}

/** Without a line there is nothing to count: a quota without windows. */
function toQuota(quota: AngelcamOptions["quota"], clock: Clock): QuotaLimiter {
  if (quota && "acquire" in quota) return quota;
  return new Quota(quota === false ? { windows: [] } : { clock, ...quota });
}
