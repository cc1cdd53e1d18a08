import type { ErrorCode } from "./error-code.ts";

/** The details of a failure. Every field is safe to log: credentials are removed before an error is made. */
export interface ErrorDetails {
  /** Stable string to branch on; the table of all of them is in `spec/guides/errors.md`. */
  code: ErrorCode;
  /** True when the same call may succeed later without a change. */
  retryable: boolean;
  /** HTTP status of the response, where there was one. */
  status?: number | undefined;
  /** `title` of the API's error response, or the `error` of an OAuth response. */
  title?: string | undefined;
  /** `detail` of the API's error response as one string. */
  detail?: string | undefined;
  /** Messages by field name, for input that the API rejected. */
  fields?: Readonly<Record<string, readonly string[]>> | undefined;
  /** The operation that failed, `cameras.get`. */
  operationId?: string | undefined;
  /** HTTP method of the operation. */
  method?: string | undefined;
  /** Path template of the operation: `/v1/cameras/{camera_id}/`, never a filled-in one. */
  path?: string | undefined;
  /** How often the request was sent. */
  attempts?: number | undefined;
  /** The earliest time (UTC) at which another attempt may succeed, where it is known. */
  retryAt?: Date | undefined;
}

/**
 * The base of every error that this package throws, other than the `TypeError` and `RangeError` for bad arguments and
 * the reason of an abort by the caller.
 *
 * @example
 * ```ts
 * try {
 *   await angelcam.cameras.get(1234);
 * } catch (error) {
 *   if (!(error instanceof AngelcamError)) throw error;
 *   console.error(error.code, error.message);
 * }
 * ```
 */
export class AngelcamError extends Error {
  override readonly name: string = "AngelcamError";
  declare readonly code: ErrorCode;
  declare readonly retryable: boolean;
  declare readonly status?: number;
  declare readonly title?: string;
  declare readonly detail?: string;
  declare readonly fields?: Readonly<Record<string, readonly string[]>>;
  declare readonly operationId?: string;
  declare readonly method?: string;
  declare readonly path?: string;
  declare readonly attempts?: number;
  declare readonly retryAt?: Date;

  /** @internal */
  constructor(message: string, facts: ErrorDetails, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    // A field that is not known is absent, so that a logged error shows only what is.
    for (const [name, value] of Object.entries(facts)) {
      if (value !== undefined) Object.assign(this, { [name]: value });
    }
  }

  /** A plain object for logs: name, message and every known detail, without stack and cause. */
  toJSON(): Record<string, unknown> {
    return { ...(this as object), message: this.message };
  }
}
