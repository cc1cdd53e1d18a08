import { AngelcamError } from "./angelcam-error.ts";

/** The client's own quota: the wait for a free slot would be longer than allowed. Nothing was sent. See `retryAt`. */
export class QuotaError extends AngelcamError {
  override readonly name: string = "QuotaError";
}
