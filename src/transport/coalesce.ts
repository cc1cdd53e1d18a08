import type { Answer, Call, Send } from "./call.ts";

interface Flight {
  readonly answer: Promise<Answer>;
  readonly controller: AbortController;
  callers: number;
}

/**
 * Lets identical GETs that are under way at the same moment share one request. Each caller parses the answer for
 * itself, and a caller's abort ends only that caller's wait; the request is given up when nobody waits for it any more.
 */
export function coalesce(everywhere: boolean, next: Send): Send {
  const flights = new Map<string, Flight>();
  return (call) => {
    if (!call.operation.shareable || !(call.options.coalesce ?? everywhere)) return next(call);
    const key = keyOf(call);
    let flight = flights.get(key);
    if (!flight) {
      const controller = new AbortController();
      const answer = next({ ...call, signal: controller.signal }).finally(() => {
        if (flights.get(key)?.controller === controller) flights.delete(key);
      });
      flight = { answer, controller, callers: 0 };
      flights.set(key, flight);
    }
    return join(flight, call.signal, () => flights.get(key) === flight && flights.delete(key));
  };
}

function join(flight: Flight, signal: AbortSignal | undefined, forget: () => void): Promise<Answer> {
  flight.callers++;
  return new Promise((fulfil, reject) => {
    const onAbort = () => {
      reject(signal?.reason);
      if (--flight.callers > 0) return;
      forget();
      flight.controller.abort(signal?.reason);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    flight.answer.then(fulfil, reject).finally(() => signal?.removeEventListener("abort", onAbort));
  });
}

/** Everything that can make a difference to the answer: the address and the headers, the space among them. */
function keyOf({ request }: Call): string {
  return JSON.stringify([request.url, ...request.headers]);
}
