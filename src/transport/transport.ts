import type { Auth } from "../auth/auth.ts";
import type { Clock } from "../base/clock.ts";
import type { Caller, Operation, Parameters, WithResponse } from "../client/operation.ts";
import type { RequestOptions } from "../client/request-options.ts";
import type { QuotaLimiter } from "../quota/quota.ts";
import { authorize } from "./authorize.ts";
import type { Call, Handler } from "./call.ts";
import { checkArguments } from "./check-arguments.ts";
import { coalesce } from "./coalesce.ts";
import type { Emit } from "./events.ts";
import { fetchResponse } from "./fetch-response.ts";
import { limitTime } from "./limit-time.ts";
import { type Api, buildRequest, createApi } from "./openapi-fetch.ts";
import { parseResponse } from "./parse-response.ts";
import { report } from "./report.ts";
import { retry } from "./retry.ts";
import type { RetryPlan } from "./retry-options.ts";
import { checkServerName, originOf } from "./server.ts";
import { waitForQuota } from "./wait-for-quota.ts";

/** What a transport is made of; the client has checked all of it. */
export interface TransportSettings {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly auth: Auth | undefined;
  readonly baseUrl: string | undefined;
  readonly server: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds a try. */
  readonly timeout: number;
  /** Milliseconds a call. */
  readonly deadline: number;
  readonly retry: RetryPlan;
  readonly quota: QuotaLimiter | undefined;
  readonly coalesce: boolean | undefined;
  readonly space: string | number | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly emit: Emit | undefined;
}

/** Another way to the server for one call, in place of the client's own. */
export interface Route {
  readonly baseUrl?: string | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** True for what other calls wait for. */
  readonly urgent?: boolean;
}

/** How calls reach Angelcam. It knows the operation table, and no operation by name. */
export interface Transport extends Caller {
  readonly api: Api;
  send(
    operation: Operation,
    parameters: Parameters,
    options: RequestOptions | undefined,
    route?: Route,
  ): Promise<WithResponse<unknown>>;
}

/** Puts the steps of a call together. This is the one place that says in which order they come. */
function createPipeline(settings: TransportSettings): Handler {
  const { auth, clock, emit } = settings;
  const onTheWire = report(clock, emit, limitTime(settings.timeout, clock, fetchResponse));
  const inTurn = waitForQuota(settings, authorize(auth, onTheWire));
  return coalesce(settings.coalesce, retry(settings, inTurn));
}

/** Makes the transport of a client. */
export function createTransport(settings: TransportSettings): Transport {
  const pipeline = createPipeline(settings);
  return {
    async send(operation, parameters, options = {}, route) {
      const call = createCall(settings, operation, parameters, options, route);
      const answer = await pipeline(call);
      return { data: parseResponse(call, answer), response: answer.response };
    },
    api: createApi(async (method, path, { params, body, ...options } = {}) => {
      const operation = findOperation(settings.operations, method.toUpperCase(), path);
      const call = createCall(settings, operation, { ...params, path: params?.path ?? {}, body }, options);
      const answer = await pipeline(call);
      const { response, text } = answer;
      return response.ok ? { data: parseResponse(call, answer), response } : { error: parseIfJson(text), response };
    }),
  };
}

/** Nothing is made that could only be refused. */
function createCall(
  settings: TransportSettings,
  operation: Operation,
  parameters: Parameters,
  options: RequestOptions,
  route?: Route,
): Call {
  const { operations, auth, clock } = settings;
  const { signal, deadline = settings.deadline } = options;
  checkArguments(operation, parameters, options);
  checkCredential(operation, auth);
  checkServerName(options.server, operations);
  signal?.throwIfAborted();
  const origin = originOf(
    operation,
    route?.baseUrl ?? settings.baseUrl,
    options.server ?? settings.server,
    options.serverVariables,
  );
  const space = operation.security.length > 0 ? (options.space ?? settings.space) : undefined;
  return {
    ...buildRequest(operation, origin, parameters, { "X-Space-Id": space }, options.headers),
    options,
    signal,
    fetch: route?.fetch ?? settings.fetch,
    urgent: route?.urgent,
    deadline: clock.now() + deadline,
    history: { attempts: 0 },
  };
}

/**
 * A credential that the spec does not allow for an operation would only cost a request. One that names no scheme is its
 * caller's business.
 */
function checkCredential({ id, security }: Operation, auth: Auth | undefined): void {
  if (!auth || auth.schemes.length === 0 || security.length === 0) return;
  if (auth.schemes.some((scheme) => security.includes(scheme))) return;
  throw new TypeError(`${id} does not take ${auth.schemes.join(" or ")}: sign in with ${security.join(" or ")}`);
}

function findOperation(operations: Readonly<Record<string, Operation>>, method: string, path: string): Operation {
  for (const operation of Object.values(operations)) {
    if (operation.path === path && operation.method === method) return operation;
  }
  throw new TypeError(
    `${method} ${path} is not an operation of the API: paths start with /v1/ or /oauth/ and end in a slash`,
  );
}

/** What an error answer holds: an envelope, or the text of a page. */
function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
