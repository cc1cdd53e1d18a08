import type { Clock } from "../base/clock.ts";
import type { Handler } from "./call.ts";
import type { Emit } from "./events.ts";

/** Counts the tries of a call and tells of each. */
export function report(clock: Clock, emit: Emit | undefined, next: Handler): Handler {
  return (call) => {
    const attempt = ++call.history.attempts;
    if (!emit) return next(call);
    const { id: operationId, method, path } = call.operation;
    const started = clock.now();
    const end = (status?: number, error?: string) =>
      emit({ type: "response", operationId, attempt, status, error, milliseconds: clock.now() - started });
    emit({ type: "request", operationId, method, path, origin: new URL(call.url).origin, attempt });
    return next(call).then(
      (answer) => {
        end(answer.response.status);
        return answer;
      },
      (error) => {
        end(undefined, call.signal?.aborted ? "AbortError" : error.name);
        throw error;
      },
    );
  };
}
