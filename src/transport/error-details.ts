import type { ErrorDetails } from "../errors/angelcam-error.ts";
import type { Call } from "./call.ts";

type CallFacts = Pick<ErrorDetails, "operationId" | "method" | "path" | "attempts" | "retryAt">;

/** The facts that every error of a call carries. */
export function factsOf({ operation, history }: Pick<Call, "operation" | "history">): CallFacts {
  const { id, method, path } = operation;
  const { attempts, retryAt } = history;
  return { operationId: id, method, path, attempts, retryAt: retryAt ? new Date(retryAt) : undefined };
}
