import { type Operation, operations } from "../../generated/operations.ts";
import type { TokenForm, TokenRoute } from "../auth/auth.ts";
import { checkBaseUrl } from "../base/base-url.ts";
import { mustBe } from "../base/check-number.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import type { Given } from "../base/copy-given.ts";
import type { Fetch } from "../base/fetch.ts";
import { isObject } from "../base/is-object.ts";
import { callListener } from "../errors/call-listener.ts";
import { toRetryPolicy } from "../errors/retry-policy.ts";
import { Quota, type QuotaLimiter } from "../quota/quota.ts";
import type { Emit } from "../transport/events.ts";
import type { Api } from "../transport/openapi-fetch.ts";
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
  readonly #options: Given<AngelcamOptions>;
  readonly #clock: Clock;
  readonly #emit: Emit | undefined;
  #transport: Transport | undefined;
  #quota: QuotaLimiter | undefined;

  constructor(options: AngelcamOptions = {}) {
    super(() => this.#connect());
    this.#options = checkOptions(options);
    this.#clock = options.clock ?? systemClock;
    const { onEvent } = options;
    this.#emit = onEvent && ((event) => callListener("onEvent", () => onEvent(event)));
    // Invalid options of the quota are rejected here; a valid one is made at the first call.
    if (options.quota !== undefined) this.#quota = toQuota(options.quota, this.#clock);
    // The token operations, which the client lends to its session.
    options.auth?.bind?.({
      fetch: options.fetch ?? globalFetch,
      clock: this.#clock,
      deadline: options.deadline,
      emit: this.#emit,
      createToken: async (form, route) => {
        const { data, response } = await this.#post(operations["oauth.createToken"], form, route);
        return { ...(data as object), serverTime: Date.parse(response.headers.get("Date") ?? "") };
      },
      revokeToken: async (form, route) => {
        await this.#post(operations["oauth.revokeToken"], form, route);
      },
    });
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
    return this.#connect().api;
  }

  /** The quota of the account: `quota.snapshot()` returns what is left of it. */
  get quota(): QuotaLimiter {
    this.#quota ??= toQuota(this.#options.quota, this.#clock);
    return this.#quota;
  }

  /** Makes the transport at the first call: a service may hold thousands of clients that are rarely used. */
  #connect(): Transport {
    const { baseUrl, allowInsecureHttp, fetch = globalFetch, quota, random = Math.random, retry } = this.#options;
    this.#transport ??= createTransport({
      ...clientDefaults,
      ...this.#options,
      fetch,
      random,
      baseUrl: checkBaseUrl(baseUrl, allowInsecureHttp),
      retry: toRetryPolicy(retry),
      quota: quota === false ? undefined : this.quota,
      clock: this.#clock,
      emit: this.#emit,
    });
    return this.#transport;
  }

  #post(operation: Operation, form: TokenForm, { signal, ...route }: TokenRoute) {
    return this.#connect().send(operation, { body: form }, { signal }, { ...route, urgent: true });
  }
}

/**
 * The global `fetch`, looked up at each request, so that one which is installed later is used. Where there is none, the bare
 * name is a ReferenceError, which is a mistake in the program and no network error.
 */
const globalFetch: Fetch = (...request) => fetch(...request);

/** Without a quota there is nothing to count: a quota without windows. */
function toQuota(quota: AngelcamOptions["quota"], clock: Clock): QuotaLimiter {
  if (quota === false) return new Quota({ windows: [] });
  if (quota !== undefined && !isObject(quota)) {
    throw new TypeError(mustBe("quota", "false, a Quota, or an object such as { windows }", quota));
  }
  return quota && "acquire" in quota ? quota : new Quota({ clock, ...quota });
}
