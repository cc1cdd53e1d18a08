import { AngelcamError } from "./angelcam-error.ts";

/**
 * The answer is not what the API documents: HTML from a gateway, a body that was cut off, an empty body where data is
 * due, a redirect. `detail` holds the first bytes, without credentials.
 */
export class UnexpectedResponseError extends AngelcamError {
  override readonly name: string = "UnexpectedResponseError";
}
