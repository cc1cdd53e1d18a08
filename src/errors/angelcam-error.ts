import type { ErrorCode } from "./error-code.ts";

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
  /** Stable string to branch on; the table of all of them is in `spec/guides/errors.md`. */
  declare readonly code: ErrorCode;
  /** True when the same call may succeed later without a change. */
  declare readonly retryable: boolean;
  /** HTTP status of the response, where there was one. */
  declare readonly status?: number | undefined;
  /** `title` of the API's error response, or the `error` of an OAuth response. */
  declare readonly title?: string | undefined;
  /** `detail` of the API's error response as one string. */
  declare readonly detail?: string | undefined;
  /** Messages by field name, for input that the API rejected. */
  declare readonly fields?: Readonly<Record<string, readonly string[]>> | undefined;
  /** The operation that failed, `cameras.get`. */
  declare readonly operationId?: string | undefined;
  /** HTTP method of the operation. */
  declare readonly method?: string | undefined;
  /** Path template of the operation: `/v1/cameras/{camera_id}/`, never a filled-in one. */
  declare readonly path?: string | undefined;
  /** How often the request was sent. */
  declare readonly attempts?: number | undefined;
  /** The earliest time (UTC) at which another attempt may succeed, where it is known. */
  declare readonly retryAt?: Date | undefined;

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

/** The details of a failure. Every one is safe to log: credentials are removed before an error is made. */
export type ErrorDetails = Omit<AngelcamError, keyof Error | "toJSON">;
