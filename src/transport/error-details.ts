import type { ErrorDetails } from "../errors/angelcam-error.ts";
import type { ErrorCode } from "../errors/error-code.ts";
import { isRetryable, toRetryPolicy } from "../errors/retry-policy.ts";
import type { PreparedCall } from "./call.ts";

/** The details that every error of a call carries. `retryable` follows the retry policy of the call. */
export function errorDetails(
  { operation, history, options }: Pick<PreparedCall, "operation" | "history" | "options">,
  code: ErrorCode,
  status?: number,
): ErrorDetails {
  const { id, method, path } = operation;
  const { attempts, retryAt } = history;
  return {
    code,
    retryable: isRetryable(operation, status, options.retry ? toRetryPolicy(options.retry) : undefined),
    status,
    operationId: id,
    method,
    path,
    attempts,
    retryAt: retryAt === undefined ? undefined : new Date(retryAt),
  };
}
