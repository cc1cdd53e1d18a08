import { unlessAborted } from "../base/unless-aborted.ts";
import type { Answer, Handler } from "./call.ts";

interface Flight {
  readonly answer: Promise<Answer>;
  readonly controller: AbortController;
  callers: number;
}

/**
 * Lets identical GETs that are under way at the same moment share one request. Each caller parses the answer for
 * itself, and a caller's abort ends only that caller's wait; the request is given up when nobody waits for it any more.
 */
export function coalesce(everywhere: boolean | undefined, next: Handler): Handler {
  const flights = new Map<string, Flight>();

  return (call) => {
    const { operation, options, url, headers, signal } = call;
    if (!operation.shareable || !(options.coalesce ?? everywhere)) return next(call);
    // Everything that can make a difference to the answer: the address and the headers, the space among them.
    const key = JSON.stringify([url, ...headers]);
    return unlessAborted(signal, (fulfil, reject) => {
      const controller = new AbortController();
      const flight = flights.get(key) ?? {
        answer: next({ ...call, signal: controller.signal }),
        controller,
        callers: 0,
      };
      flights.set(key, flight);
      flight.callers++;
      flight.answer.then(fulfil, reject);
      return (reason) => {
        if (--flight.callers > 0) return;
        flights.delete(key);
        // Nobody waits any more, be it that the answer has come.
        flight.controller.abort(reason);
      };
    });
  };
}
