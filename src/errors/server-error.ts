import { ApiError } from "./api-error.ts";

/** Angelcam, or a camera behind it, failed (5xx). */
export class ServerError extends ApiError {
  override readonly name: string = "ServerError";
}
