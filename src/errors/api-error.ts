import { AngelcamError } from "./angelcam-error.ts";

/** An error that the API itself answered. The subclasses name the statuses that callers treat differently. */
export class ApiError extends AngelcamError {
  override readonly name: string = "ApiError";
  declare readonly status: number;
}
