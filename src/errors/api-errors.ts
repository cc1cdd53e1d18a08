import { AngelcamError } from "./angelcam-error.ts";

/** An error response of the API. The subclasses name the statuses that callers handle differently. */
export class ApiError extends AngelcamError {
  override readonly name: string = "ApiError";
  declare readonly status: number;
}

/** The API rejected the input (400). `fields` says which field and why, where the response says so. */
export class BadRequestError extends ApiError {
  override readonly name: string = "BadRequestError";
}

/** The token is missing, wrong, expired or revoked (401). */
export class AuthenticationError extends ApiError {
  override readonly name: string = "AuthenticationError";
}

/** The token lacks a scope, or the account lacks the right (403). */
export class PermissionDeniedError extends ApiError {
  override readonly name: string = "PermissionDeniedError";
}

/** The object does not exist, or the paid service behind it is switched off for that camera (404). */
export class NotFoundError extends ApiError {
  override readonly name: string = "NotFoundError";
}

/** Angelcam counted too many requests (429). `retryAt` says when the next one may be sent. */
export class RateLimitError extends ApiError {
  override readonly name: string = "RateLimitError";
}

/** Angelcam, or a camera behind it, failed (5xx). */
export class ServerError extends ApiError {
  override readonly name: string = "ServerError";
}
