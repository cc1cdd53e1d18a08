import type { Auth } from "../auth/auth.ts";
import { withAbort } from "../base/abort.ts";
import { AbortScope } from "../base/abort-scope.ts";
import type { Call, Handler, ReceivedResponse } from "./call.ts";

interface SharedRequest {
  /** What the errors of all callers show: the attempts and the wait, and none of the credentials that were sent. */
  readonly sent: Pick<Call, "history" | "request">;
  readonly received: Promise<ReceivedResponse>;
  readonly scope: AbortScope;
  callers: number;
}

/** The settings of this step. */
export interface CoalesceSettings {
  readonly auth?: Auth | undefined;
  /** True to share unless the call says otherwise. */
  readonly coalesce?: boolean | undefined;
}

/**
 * Lets identical GETs with the same limits that are under way at the same moment share one request. Each caller parses
 * the response for itself. A caller's abort ends only that caller's wait; the request is aborted when no caller waits for it any more.
 */
export function coalesce(settings: CoalesceSettings, next: Handler): Handler {
  const requests = new Map<string, SharedRequest>();

  return (call, signal) => {
    const { history, operation, options, request } = call;
    const { deadline, retry, timeout } = options;
    const isWanted = options.coalesce ?? settings.coalesce;
    // Options of fetch such as `cache`, and another fetch, may lead to another response.
    const isPlain = !options.fetch && Object.keys(request.fetchOptions).length === 0;
    if (!(isWanted && isPlain) || operation.method !== "GET" || operation.coalesce === false) return next(call, signal);
    return withAbort(signal, (resolve, reject) => {
      // The address and the headers, the space among them, are all that can make a difference to the response. The
      // request ends with the times and the retries of the call that began it, so that they must be those of the others
      // too. A call of `onTokens` has a token already, and must not wait for a request that waits for its end.
      const key = JSON.stringify([
        request.url,
        ...request.headers,
        `${timeout} ${deadline}`,
        retry,
        settings.auth?.tryAuthorization?.(),
      ]);
      const scope = new AbortScope();
      const shared = requests.get(key) ?? {
        sent: { history, request },
        received: next(call, scope),
        scope,
        callers: 0,
      };
      requests.set(key, shared);
      Object.assign(call, shared.sent);
      shared.callers++;
      shared.received.then(resolve, reject);
      return (reason) => {
        if (--shared.callers > 0) return;
        requests.delete(key);
        shared.scope.abort(reason);
      };
    });
  };
}
