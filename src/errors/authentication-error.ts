import { ApiError } from "./api-error.ts";

/** The token is missing, wrong, expired or revoked (401). */
export class AuthenticationError extends ApiError {
  override readonly name: string = "AuthenticationError";
}
