import type {
  ApiError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
} from "./errors/api-errors.ts";
import type {
  ConnectionError,
  OAuthError,
  QuotaError,
  TimeoutError,
  TokenStoreError,
  UnexpectedResponseError,
} from "./errors/client-errors.ts";
import type { ClipError } from "./helpers/clips.ts";
import type { StreamExpiredError, StreamFormatError } from "./helpers/live-stream/stream-errors.ts";
import type { StreamDetectionError } from "./helpers/stream-detection.ts";

/**
 * Every error of the main entry, as a union whose `code` tells the class: a `switch` over the code narrows the type, and
 * the compiler reports a code that is missing or misspelt.
 *
 * @example
 * ```ts
 * const known = error as AnyAngelcamError;
 * if (known.code === "clip_failed") console.error(known.clipId);
 * ```
 */
export type AnyAngelcamError =
  | BadRequestError
  | AuthenticationError
  | PermissionDeniedError
  | NotFoundError
  | RateLimitError
  | ServerError
  | (ApiError & { readonly code: "api_error" })
  | QuotaError
  | OAuthError
  | ConnectionError
  | TimeoutError
  | UnexpectedResponseError
  | TokenStoreError
  | ClipError
  | StreamDetectionError
  | StreamFormatError
  | StreamExpiredError;
