import type { Auth } from "../auth/auth.ts";
import type { Handler } from "./call.ts";

/**
 * Puts the current credential on a request, asked for anew at each try, so that a token which was replaced while the
 * request waited in line is never sent.
 */
export function authorize(auth: Auth | undefined, next: Handler): Handler {
  return async (call) => {
    if (!auth || call.operation.security.length === 0) return next(call);
    const authorization = await auth.authorization(call.signal);
    call.history.authorization = authorization;
    call.headers.set("Authorization", authorization);
    return next(call);
  };
}
