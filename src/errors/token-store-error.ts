import { AngelcamError } from "./angelcam-error.ts";

/**
 * A store of tokens did not work: its file cannot be used, its lock was not to be had in time, or was lost. The message
 * names the path and what to do, never what the file holds. `retryable` is true where waiting may help.
 */
export class TokenStoreError extends AngelcamError {
  override readonly name: string = "TokenStoreError";

  /** @internal */
  constructor(message: string, retryable: boolean, cause?: unknown) {
    super(message, { code: "token_store_failed", retryable }, cause);
  }
}
