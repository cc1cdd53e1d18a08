import type { AngelcamError, ErrorDetails } from "../errors/angelcam-error.ts";
import { ApiError } from "../errors/api-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { BadRequestError } from "../errors/bad-request-error.ts";
import type { ErrorCode } from "../errors/error-code.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { OAuthError } from "../errors/oauth-error.ts";
import { PermissionDeniedError } from "../errors/permission-denied-error.ts";
import { RateLimitError } from "../errors/rate-limit-error.ts";
import { redact } from "../errors/redact.ts";
import { ServerError } from "../errors/server-error.ts";
import { UnexpectedResponseError } from "../errors/unexpected-response-error.ts";
import type { Call } from "./call.ts";
import { type ErrorBody, parseErrorBody } from "./error-body.ts";
import { factsOf } from "./error-details.ts";
import { secretsOf } from "./secrets.ts";

/** How many characters of a surprising answer an error shows. */
const EXCERPT_LENGTH = 200;

/** The class of an error, its code, and what to do about it. */
type Kind = readonly [new (message: string, facts: ErrorDetails) => AngelcamError, ErrorCode, string];

const KINDS: Readonly<Record<string, Kind>> = {
  oauth: [OAuthError, "oauth_error", "Check the grant, the client id and the secret."],
  400: [BadRequestError, "bad_request", "Correct what `fields` or `detail` names."],
  401: [AuthenticationError, "not_authenticated", "Check the token, or sign in again."],
  403: [PermissionDeniedError, "permission_denied", "Ask for the scope or the right that is missing."],
  404: [NotFoundError, "not_found", "Check the id, the space, and that the service is on."],
  429: [RateLimitError, "rate_limited", "Wait until `retryAt`, and send fewer requests."],
  500: [ServerError, "server_error", "Try again later."],
};
const OTHER: Kind = [ApiError, "api_error", "See `detail`."];

/** The error that an answer with an error status means. */
export function errorFromResponse(call: Call, response: Response, text: string): AngelcamError {
  const { status } = response;
  // A browser hides where a redirect leads, and its status too.
  if (status < 400 && response.type !== "error") {
    return unexpectedResponse(call, response, "", `a redirect${targetOf(call, response)}, which is not followed`);
  }
  const body = parseErrorBody(text, secretsOf(call));
  if (!body && text.trim()) return unexpectedResponse(call, response, text, "text in place of an error of the API");
  const { isOAuth, ...said }: Partial<ErrorBody> = body ?? {};
  const kind = KINDS[isOAuth ? "oauth" : Math.min(status, 500)] ?? OTHER;
  const words = [status, said.title, said.detail && `(${said.detail})`].filter(Boolean).join(" ");
  return answered(call, words, kind, { ...said, status, retryable: status === 429 || status >= 500 });
}

/**
 * The error for an answer that the API does not document.
 *
 * @param what What came, in words.
 */
export function unexpectedResponse(call: Call, response: Response, text: string, what: string): AngelcamError {
  const { status, ok } = response;
  const advice = "A proxy or an outage may be in the way. See `detail`.";
  return answered(call, `${status} with ${what}`, [UnexpectedResponseError, "unexpected_response", advice], {
    status,
    retryable: call.operation.repeatable === true && (status >= 500 || ok),
    // Cut off last, for half of a credential could not be found.
    detail: redact(text, secretsOf(call)).slice(0, EXCERPT_LENGTH) || undefined,
  });
}

function answered(
  call: Call,
  words: string,
  [ErrorClass, code, advice]: Kind,
  facts: Omit<ErrorDetails, "code">,
): AngelcamError {
  const message = `${call.operation.id} was answered ${words}. ${advice}`;
  return new ErrorClass(message, { ...factsOf(call), code, ...facts });
}

/** Only the origin of the target: the rest of a redirect may carry anything. */
function targetOf(call: Call, response: Response): string {
  const location = response.headers.get("Location");
  return location && URL.canParse(location, call.url) ? ` to ${new URL(location, call.url).origin}` : "";
}
