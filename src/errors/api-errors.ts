import { AngelcamError } from "./angelcam-error.ts";

/** An error response of the API. The subclasses name the statuses that callers handle differently. */
export class ApiError extends AngelcamError {
  override readonly name: string = "ApiError";
  declare readonly status: number;
}

/** The API rejected the input (400). `fields` says which field and why, where the response says so. */
export class BadRequestError extends ApiError {
  override readonly name: string = "BadRequestError";
  declare readonly code: "bad_request";
}

/** The token is missing, wrong, expired or revoked (401). */
export class AuthenticationError extends ApiError {
  override readonly name: string = "AuthenticationError";
  declare readonly code: "not_authenticated";
}

/** The token lacks a scope, or the account lacks the right (403). */
export class PermissionDeniedError extends ApiError {
  override readonly name: string = "PermissionDeniedError";
  declare readonly code: "permission_denied";
}

/** The object does not exist, or the paid service behind it is switched off for that camera (404). */
export class NotFoundError extends ApiError {
  override readonly name: string = "NotFoundError";
  declare readonly code: "not_found";
}

/** Angelcam counted too many requests (429). `retryAt` says when the next one may be sent. */
export class RateLimitError extends ApiError {
  override readonly name: string = "RateLimitError";
  declare readonly code: "rate_limited";
}

/** Angelcam, or a camera behind it, failed (5xx). */
export class ServerError extends ApiError {
  override readonly name: string = "ServerError";
  declare readonly code: "server_error";
}
