import { AngelcamError } from "./angelcam-error.ts";

/** No complete answer came within the time allowed. */
export class TimeoutError extends AngelcamError {
  override readonly name: string = "TimeoutError";
}
