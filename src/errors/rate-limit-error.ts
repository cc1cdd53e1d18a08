import { ApiError } from "./api-error.ts";

/** Angelcam counted too many requests (429). `retryAt` says when the next one may go out. */
export class RateLimitError extends ApiError {
  override readonly name: string = "RateLimitError";
}
