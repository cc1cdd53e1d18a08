import { type Operation, operations } from "../../generated/operations.ts";
import type { TokenClient, TokenForm, TokenRoute } from "../auth/auth.ts";
import { checkBaseUrl } from "../base/base-url.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { toRetryPolicy } from "../errors/retry-policy.ts";
import { Quota, type QuotaLimiter } from "../quota/quota.ts";
import { type Emit, safely } from "../transport/events.ts";
import type { Api } from "../transport/openapi-fetch.ts";
import { checkServerName } from "../transport/server.ts";
import { createTransport, type Transport } from "../transport/transport.ts";
import { type AngelcamOptions, checkOptions, clientDefaults } from "./options.ts";
import { createResourcesClass } from "./resources.ts";

const Resources = /* @__PURE__ */ createResourcesClass();

/**
 * The client of one Angelcam account: every operation of the API as a method, and `api` for calls by path.
 *
 * @throws TypeError or RangeError for an invalid option, naming it.
 * @example
 * ```ts
 * const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
 * const { email } = await angelcam.me.get();
 * for await (const camera of angelcam.cameras.list()) console.log(camera.name);
 * ```
 */
export class Angelcam extends Resources {
  readonly #transport: Transport;
  readonly #quota: QuotaLimiter;

  constructor(options: AngelcamOptions = {}) {
    super(() => this.#transport);
    checkOptions(options);
    const { auth, server, clock = systemClock, quota } = options;
    checkServerName(server, operations);
    const emit = safely(options.onEvent);
    this.#quota = toQuota(quota, clock);
    // Looked up at each request, so that a fetch which is put in place later is used.
    const fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
    this.#transport = createTransport({
      auth,
      server,
      space: options.space,
      baseUrl: checkBaseUrl(options.baseUrl, options.allowInsecureHttp),
      fetch,
      timeout: options.timeout ?? clientDefaults.timeout,
      deadline: options.deadline ?? clientDefaults.deadline,
      retry: toRetryPolicy(options.retry),
      quota: quota === false ? undefined : this.#quota,
      coalesce: options.coalesce ?? false,
      maxResponseSize: options.maxResponseSize ?? clientDefaults.maxResponseSize,
      clock,
      random: options.random ?? Math.random,
      emit,
    });
    auth?.bind?.(createTokenClient(this.#transport, clock, emit, fetch));
  }

  /**
   * Every path of the spec with the types of openapi-fetch, through the same pipeline as the methods. See `Api`.
   *
   * @example
   * ```ts
   * const { data } = await angelcam.api.GET("/v1/cameras/{camera_id}/", { params: { path: { camera_id: 1234 } } });
   * ```
   */
  get api(): Api {
    return this.#transport.api;
  }

  /** The quota of the account: `quota.snapshot()` returns what is left of it. */
  get quota(): QuotaLimiter {
    return this.#quota;
  }
}

/** The token operations, which the client lends to its session. */
function createTokenClient(
  { send }: Transport,
  clock: Clock,
  emit: Emit | undefined,
  fetch: typeof globalThis.fetch,
): TokenClient {
  const post = (operation: Operation, form: TokenForm, { signal, ...route }: TokenRoute) =>
    send(operation, { body: form }, { signal }, { ...route, urgent: true });
  return {
    async createToken(form, route) {
      const { data, response } = await post(operations["oauth.createToken"], form, route);
      const serverTime = Date.parse(response.headers.get("Date") ?? "");
      return { ...(data as object), serverTime: Number.isNaN(serverTime) ? undefined : serverTime };
    },
    async revokeToken(form, route) {
      await post(operations["oauth.revokeToken"], form, route);
    },
    fetch,
    clock,
    emit,
  };
}

/** Without a quota there is nothing to count: a quota without windows. */
function toQuota(quota: AngelcamOptions["quota"], clock: Clock): QuotaLimiter {
  if (quota && "acquire" in quota) return quota;
  return new Quota(quota === false ? { windows: [] } : { clock, ...quota });
}
