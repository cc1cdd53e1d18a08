import type { AngelcamError, ErrorDetails } from "../errors/angelcam-error.ts";
import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
} from "../errors/api-errors.ts";
import { OAuthError, UnexpectedResponseError } from "../errors/client-errors.ts";
import type { ErrorCode } from "../errors/error-code.ts";
import type { PreparedCall } from "./call.ts";
import { type ErrorBody, parseErrorBody, shortText } from "./error-body.ts";
import { errorDetails } from "./error-details.ts";
import { secretsOf } from "./secrets.ts";

/** The class of an error, its code, and what to do about it. */
type Kind = readonly [new (message: string, details: ErrorDetails) => AngelcamError, ErrorCode, string];

const KINDS: Readonly<Record<string, Kind>> = {
  oauth: [OAuthError, "oauth_error", "Check the grant, the client id and the secret."],
  400: [BadRequestError, "bad_request", "Correct what `fields` or `detail` names."],
  401: [AuthenticationError, "not_authenticated", "Check the token, or sign in again."],
  403: [PermissionDeniedError, "permission_denied", "Request the missing scope or right."],
  404: [NotFoundError, "not_found", "Check the id, the space, and that the service is on."],
  429: [RateLimitError, "rate_limited", "Wait until `retryAt`, or a minute, and send fewer requests."],
  500: [ServerError, "server_error", "Try again later."],
};
const OTHER: Kind = [ApiError, "api_error", "See the reference."];

/**
 * The error that a response with an error status means.
 *
 * @param content The body, as text or as parsed JSON.
 */
export function errorFromResponse(call: PreparedCall, response: Response, content: unknown): AngelcamError {
  const { status } = response;
  // A browser hides where a redirect leads, and its status too.
  if (status < 400 && response.type !== "error") {
    return unexpectedResponse(call, response, "", `a redirect${targetOf(call, response)}, which is not followed`);
  }
  const body = parseErrorBody(content, secretsOf(call));
  if (!body && !isEmpty(content)) {
    return unexpectedResponse(call, response, content, "something else than an error of the API");
  }
  const { isOAuth, ...shown }: Partial<ErrorBody> = body ?? {};
  const [ErrorClass, code, defaultAdvice] = KINDS[isOAuth ? "oauth" : Math.min(status, 500)] ?? OTHER;
  const words = [status, shown.title, shown.detail && `(${shown.detail})`].filter(Boolean).join(" ");
  const message = `${call.operation.id} returned ${words}. ${adviceFor(call, status) ?? defaultAdvice}`;
  return new ErrorClass(message, { ...errorDetails(call, code, status), ...shown });
}

/**
 * The error for a response that the API does not document.
 *
 * @param what The response in words, such as `HTML in place of JSON`.
 * @param mayPass True where the next response may be another one, whatever the status: that of a proxy is.
 */
export function unexpectedResponse(
  call: PreparedCall,
  response: Response,
  content: unknown,
  what: string,
  mayPass = response.ok,
): AngelcamError {
  const { status } = response;
  const secrets = secretsOf(call);
  // A content type and the target of a redirect are texts of the server too.
  return new UnexpectedResponseError(
    `${call.operation.id} returned ${status} with ${shortText(what, secrets)}. A proxy or an outage may be in the way.`,
    {
      ...errorDetails(call, "unexpected_response", mayPass ? undefined : status),
      status,
      detail: shortText(content, secrets) || undefined,
    },
  );
}

/** Advice for the causes that a caller meets most: a client without `auth`, and a `baseUrl` with a path of its own. */
function adviceFor(call: PreparedCall, status: number): string | undefined {
  const { history, operation, baseUrl, request } = call;
  const isSigned = request?.headers.has("Authorization");
  if (status === 401 && operation.security.length > 0 && !isSigned) {
    return "The client has no `auth`: pass an OAuthSession, personalAccessToken(…) or bearerToken(…) to new Angelcam().";
  }
  if (status === 401 && history.authorization?.startsWith("Bearer ")) {
    return "Check the token, or sign in again. A personal access token belongs in personalAccessToken(…), not in bearerToken(…).";
  }
  if (status === 404 && new URL(baseUrl).pathname !== "/") {
    return `The request went to ${baseUrl}${operation.path}, for the path of baseUrl comes first. Check baseUrl, the id and the space.`;
  }
  return undefined;
}

function isEmpty(content: unknown): boolean {
  return content === undefined || (typeof content === "string" && content.trim() === "");
}

/** Only the origin of the target: the rest of a redirect may carry anything. */
function targetOf(call: PreparedCall, response: Response): string {
  const location = response.headers.get("Location");
  return location && URL.canParse(location, call.baseUrl) ? ` to ${new URL(location, call.baseUrl).origin}` : "";
}
