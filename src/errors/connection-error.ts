import { AngelcamError } from "./angelcam-error.ts";

/** No answer came: the host could not be reached, or the connection broke. `cause` holds the runtime's own error. */
export class ConnectionError extends AngelcamError {
  override readonly name: string = "ConnectionError";
}
