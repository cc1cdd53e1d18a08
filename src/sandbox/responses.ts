import type { ApiError, OAuthError, ValidationError } from "../../generated/schema.ts";
import { titleOf } from "../contract/error-titles.ts";
import type { Problems } from "../contract/validate-request.ts";

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
  readonly detail?: string | undefined;
  readonly headers?: HeadersInit;
}

/** An error in the envelope of the API. */
export function errorResponse(status: number, options: ErrorOptions = {}): Response {
  const { title = titleOf(status), detail = DETAILS[status] ?? "The request failed.", headers = {} } = options;
  const body: ApiError = { title, detail, status };
  return Response.json(body, { status, headers });
}

/** Bad input: field by field, or in one sentence where the problem belongs to no field. */
export function invalidInput(problems: Problems | string): Response {
  if (typeof problems === "string") return errorResponse(400, { detail: problems });
  const detail = Object.entries(problems).map(([field, texts]) => ({ [field]: [...texts] }));
  const body: ValidationError = { title: "invalid", detail, status: 400 };
  return Response.json(body, { status: 400 });
}

/** Thrown where a body is found to be wrong that passed the schema of the document. */
export class InvalidInputError extends Error {
  override readonly name = "InvalidInputError";
  readonly problems: Problems | string;

  constructor(problems: Problems | string) {
    super(typeof problems === "string" ? problems : Object.keys(problems).join(", "));
    this.problems = problems;
  }
}

/** Success without a body. */
export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** No token, or one that does not work. */
export function notAuthenticated(hasCredential: boolean): Response {
  return errorResponse(401, {
    ...(hasCredential ? {} : { detail: "Authentication credentials were not provided." }),
    headers: { "WWW-Authenticate": 'Bearer realm="api"' },
  });
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
