import { ApiError } from "./api-error.ts";

/** The token lacks a scope, or the account lacks the right (403). */
export class PermissionDeniedError extends ApiError {
  override readonly name: string = "PermissionDeniedError";
}
