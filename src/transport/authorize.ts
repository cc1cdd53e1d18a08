import type { Auth } from "../auth/auth.ts";
import { waitUnlessAborted } from "../base/abort.ts";
import { toSignal } from "../base/abort-scope.ts";
import { type Handler, hasCredential } from "./call.ts";

/**
 * Adds the current credential to a request. It is read again for each attempt, so that a token which was replaced
 * while the request waited in the queue is never sent.
 *
 * @throws TypeError where middleware has moved the request to another origin: a token is sent to Angelcam alone, and so is
 * the password or refresh token of a token request.
 */
export function authorize(auth: Auth | undefined, next: Handler): Handler {
  return async (call, signal) => {
    const { operation, baseUrl } = call;
    const { url, headers } = call.request;
    if (!auth || !hasCredential(call)) return next(call, signal);
    if (!url.startsWith(`${baseUrl}/`) && new URL(url).origin !== new URL(baseUrl).origin) {
      throw new TypeError(
        `${operation.id}: middleware moved the request to ${new URL(url).origin}, and a token is sent to ${new URL(baseUrl).origin} alone. Use the option baseUrl for a proxy.`,
      );
    }
    if (operation.security.length === 0) return next(call, signal);
    // A token at hand takes no wait that a signal could end.
    const authorization = auth.isReady?.()
      ? await auth.authorization(undefined)
      : await waitUnlessAborted(auth.authorization(toSignal(signal)), signal);
    call.history.authorization = authorization;
    headers.set("Authorization", authorization);
    return next(call, signal);
  };
}
