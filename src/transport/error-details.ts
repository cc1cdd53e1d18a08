import type { ErrorDetails } from "../errors/angelcam-error.ts";
import type { ErrorCode } from "../errors/error-code.ts";
import { isRetryable } from "../errors/retry-policy.ts";
import type { PreparedCall } from "./call.ts";

/** The details that every error of a call carries. `retryable` follows the retry policy of the call; what was never sent is safe to send. */
export function errorDetails(
  { operation, history, retry }: Pick<PreparedCall, "operation" | "history" | "retry">,
  code: ErrorCode,
  status?: number,
): ErrorDetails {
  const { id, method, path } = operation;
  const { attempts, retryAt } = history;
  return {
    code,
    retryable: attempts === 0 || isRetryable(operation, status, retry),
    status,
    operationId: id,
    method,
    path,
    attempts,
    retryAt: retryAt === undefined ? undefined : new Date(retryAt),
  };
}
