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
    if (!url.startsWith(`${baseUrl}/`)) checkOrigin(operation.id, new URL(url), new URL(baseUrl));
    if (operation.security.length === 0) return next(call, signal);
    const authorization =
      auth.tryAuthorization?.() ?? (await waitUnlessAborted(auth.authorization(toSignal(signal)), signal));
    // Headers would show the value in its own error.
    if (!authorization || /[^ -~]/.test(authorization))
      throw new TypeError(`${operation.id}: auth is not valid in a header`);
    call.history.authorization = authorization;
    headers.set("Authorization", authorization);
    return next(call, signal);
  };
}

function checkOrigin(id: string, { origin }: URL, { origin: own }: URL): void {
  if (origin === own) return;
  throw new TypeError(
    `${id}: middleware moved the request to ${origin}, and a token is sent to ${own} alone. Use the option baseUrl for a proxy.`,
  );
}
