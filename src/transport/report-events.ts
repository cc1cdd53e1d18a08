import type { Clock } from "../base/clock.ts";
import { TimeoutError } from "../errors/client-errors.ts";
import { codeOf } from "../errors/code-of.ts";
import type { Handler } from "./call.ts";
import type { Emit } from "./events.ts";

/** Counts the attempts of a call, and reports a `request` and a `response` event for each. */
export function reportEvents(clock: Clock, emit: Emit | undefined, next: Handler): Handler {
  return (call, signal) => {
    call.history.attempts++;
    if (!emit) return next(call, signal);
    const { id, method, path } = call.operation;
    const attempt = { callId: call.id, operationId: id, attempt: call.history.attempts };
    const started = clock.monotonic();
    const reportResponse = (status?: number, error?: string) => {
      emit({ type: "response", ...attempt, status, error, milliseconds: clock.monotonic() - started });
    };
    emit({ type: "request", ...attempt, method, path, origin: new URL(call.request.url).origin });
    return next(call, signal).then(
      (received) => {
        reportResponse(received.response.status);
        return received;
      },
      (error: Error) => {
        // The deadline aborts as well; every other reason is the program's own, and may be anything.
        reportResponse(undefined, signal?.aborted && !(error instanceof TimeoutError) ? "aborted" : codeOf(error));
        throw error;
      },
    );
  };
}
