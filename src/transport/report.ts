import type { Clock } from "../clock.ts";
import type { Call, Send } from "./call.ts";
import type { Emit } from "./events.ts";

/** Counts the tries of a call and tells of each. */
export function report(clock: Clock, emit: Emit | undefined, next: Send): Send {
  if (!emit) {
    return (call) => {
      call.history.attempts++;
      return next(call);
    };
  }
  return async (call) => {
    const { id: operationId, method, path } = call.operation;
    const attempt = ++call.history.attempts;
    const started = clock.now();
    emit({ type: "request", operationId, method, path, origin: new URL(call.request.url).origin, attempt });
    const done = (status: number | undefined, error: string | undefined) =>
      emit({ type: "response", operationId, attempt, status, error, milliseconds: clock.now() - started });
    try {
      const answer = await next(call);
      done(answer.response.status, undefined);
      return answer;
    } catch (error) {
      done(undefined, nameOf(error, call));
      throw error;
    }
  };
}

function nameOf(error: unknown, call: Call): string {
  if (call.signal?.aborted) return "AbortError";
  return error instanceof Error ? error.name : "Error";
}
