import { ApiError } from "./api-error.ts";

/** There is no such thing, or the paid service behind it is switched off for that camera (404). */
export class NotFoundError extends ApiError {
  override readonly name: string = "NotFoundError";
}
