import type { OAuthError } from "../../generated/schema.ts";
import { titleOf } from "../contract/error-titles.ts";
import type { Problems } from "../contract/validate-request.ts";
import { type RetryAfter, retryAfterHeaders } from "./quota.ts";

export type { Problems };

const DETAILS: Readonly<Record<number, string>> = {
  400: "The input cannot be read.",
  401: "The token is not valid or has expired.",
  403: "The token does not cover this action.",
  404: "Not found.",
  429: "Request was throttled.",
  503: "The service is not available right now.",
};

interface ErrorOptions {
  readonly title?: string | undefined;
  /** One sentence, or the problems field by field. */
  readonly detail?: Problems | string | undefined;
  readonly headers?: HeadersInit;
}

/** An error in the envelope of the API. */
export function errorResponse(status: number, options: ErrorOptions = {}): Response {
  const { title = titleOf(status), detail = DETAILS[status] ?? "The request failed.", headers = {} } = options;
  const listed = () => Object.entries(detail).map(([field, texts]) => ({ [field]: texts }));
  const body: object = { title, detail: typeof detail === "string" ? detail : listed(), status };
  return Response.json(body, { status, headers });
}

/** The quota is used up; the text names the wait. */
export function throttled(retryAfter: RetryAfter, seconds: number): Response {
  const detail = `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? "" : "s"}.`;
  return errorResponse(429, { detail, headers: retryAfterHeaders(retryAfter, seconds) });
}

/** Ends a call with an error, in the form that the document has for its operation. */
export class CallError extends Error {
  override readonly name = "CallError";
  readonly status: number;
  readonly problems: Problems | string;

  /** @param problems By field, or in one sentence. */
  constructor(status: number, problems: Problems | string = "") {
    super(`${status} ${JSON.stringify(problems)}`);
    this.status = status;
    this.problems = problems;
  }
}

/**
 * The item, if it is there.
 *
 * @throws CallError with 404 where it is undefined.
 */
export function found<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new CallError(404);
  return item;
}

const OAUTH_DESCRIPTIONS = {
  invalid_request: "Request is missing a required parameter.",
  invalid_client: "Client authentication failed.",
  invalid_grant: "Invalid credentials given.",
  unauthorized_client: "The client is not allowed to use this grant type.",
  unsupported_grant_type: "The grant type is not supported.",
  invalid_scope: "The requested scope is unknown or may not be asked for.",
};

/** An error of the token endpoint, which has a form of its own. */
export function oauthError(error: OAuthError["error"], status = error === "invalid_client" ? 401 : 400): Response {
  const body: OAuthError = {
    error,
    error_description: String(OAUTH_DESCRIPTIONS[error as keyof typeof OAUTH_DESCRIPTIONS]),
  };
  return Response.json(body, { status });
}
