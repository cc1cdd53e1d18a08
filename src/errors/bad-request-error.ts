import { ApiError } from "./api-error.ts";

/** The API refused the input (400). `fields` says which field and why, where the API told. */
export class BadRequestError extends ApiError {
  override readonly name: string = "BadRequestError";
}
