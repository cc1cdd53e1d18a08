import type { Operation } from "../../generated/operations.ts";
import type { Auth } from "../auth/auth.ts";
import { throwIfAborted } from "../base/abort.ts";
import { checkBaseUrl } from "../base/base-url.ts";
import { checkOptionNames } from "../base/check-names.ts";
import { checkFunctions } from "../base/check-type.ts";
import type { Fetch } from "../base/fetch.ts";
import { SharedTimer } from "../base/shared-timer.ts";
import { type RetryPolicy, toRetryPolicy } from "../errors/retry-policy.ts";
import type { CallOptions, Parameters, PreparedCall, SentCall } from "./call.ts";
import { apiOptionNames, checkCallOptions } from "./call-options.ts";
import { checkArguments } from "./check-arguments.ts";
import { errorFromResponse } from "./error-from-response.ts";
import { type Api, type ApiOptions, createApi, type PrepareCall } from "./openapi-fetch.ts";
import { createPipeline, type PipelineSettings } from "./pipeline.ts";
import { baseUrlOf, checkServerName } from "./server.ts";

/** The settings of a transport; the client has checked all of them. */
export interface TransportSettings extends PipelineSettings {
  readonly baseUrl: string | undefined;
  readonly server?: string | undefined;
  readonly fetch: Fetch;
  /** Milliseconds a call. */
  readonly deadline: number;
  readonly retry: RetryPolicy;
  readonly space?: string | number | undefined;
}

/** Another way to the server for one call, in place of the client's own. */
export interface Route {
  readonly baseUrl?: string | undefined;
  readonly fetch?: Fetch | undefined;
  /** True for a request that other calls wait for. */
  readonly urgent?: boolean;
}

/** How calls reach Angelcam. */
export interface Transport {
  readonly api: Api;
  /**
   * Sends the request of an operation.
   *
   * @throws AngelcamError for anything but a documented success.
   */
  send(operation: Operation, parameters: Parameters, options?: CallOptions, route?: Route): Promise<SentCall<unknown>>;
}

/** Makes the transport of a client. */
export function createTransport(settings: TransportSettings): Transport {
  const prepareByPath: PrepareCall = (operation, parameters, options) => {
    checkCallOptions(operation.id, options, apiOptionNames);
    checkOptionNames(`${operation.id}: params`, options.params ?? {}, ["path", "query", "header"]);
    const { fetch, baseUrl } = options;
    checkFunctions(`${operation.id}: `, { fetch });
    return prepareCall(settings, operation, parameters, options, {
      fetch: fetch && withRequest(fetch),
      baseUrl: checkBaseUrl(baseUrl),
    });
  };
  const timer = new SharedTimer(settings.clock);
  const { api, exchange } = createApi(prepareByPath, timer, createPipeline(settings, timer));
  return {
    api,
    async send(operation, parameters, options = {}, route = {}) {
      checkCallOptions(operation.id, options);
      const call = prepareCall(settings, operation, parameters, options, route);
      const { data, error, response } = await exchange(call, parameters, options as ApiOptions);
      if (!response.ok) throw errorFromResponse(call, response, error);
      return { data, response };
    },
  };
}

/** The `fetch` of a call by path takes a `Request`, as that of openapi-fetch does. */
function withRequest(fetch: Fetch): Fetch {
  return (url, init) => fetch(new Request(url, init), init);
}

/** Checks everything before anything is made, so that an invalid call costs nothing. */
function prepareCall(
  settings: TransportSettings,
  operation: Operation,
  parameters: Parameters,
  options: CallOptions,
  route: Route,
): PreparedCall {
  const { signal } = options;
  checkArguments(operation, parameters);
  checkCredential(operation, settings.auth);
  checkServerName(options.server);
  throwIfAborted(signal);
  return {
    id: `${PROCESS}-${++calls}`,
    operation,
    options,
    retry: options.retry === undefined ? settings.retry : toRetryPolicy(options.retry),
    space: options.space ?? settings.space,
    baseUrl: baseUrlOf(
      operation,
      route.baseUrl ?? settings.baseUrl,
      options.server ?? settings.server,
      options.serverVariables,
    ),
    signal: signal ?? undefined,
    fetch: route.fetch ?? settings.fetch,
    urgent: route.urgent ?? false,
    deadline: settings.clock.monotonic() + (options.deadline ?? settings.deadline),
    history: { attempts: 0 },
    request: undefined,
  };
}

/**
 * Rejects a credential that the spec does not allow for an operation: it would only cost a request. A custom `Auth` that
 * names no scheme is not checked.
 */
function checkCredential({ id, security }: Operation, auth: Auth | undefined): void {
  if (!auth?.schemes?.length || security.length === 0) return;
  if (auth.schemes.some((scheme) => security.includes(scheme))) return;
  throw new TypeError(`${id} does not take ${auth.schemes.join(" or ")}: sign in with ${security.join(" or ")}`);
}

/** Differs between processes, so that the events of several can be distinguished in one log. */
const PROCESS = Math.random().toString(36).slice(2, 8);
let calls = 0;
