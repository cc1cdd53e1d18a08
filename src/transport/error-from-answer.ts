import type { AngelcamError, ErrorFacts } from "../errors/angelcam-error.ts";
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
import { factsOf } from "./facts.ts";
import { secretsOf } from "./secrets.ts";

/** How many characters of a surprising answer an error shows. */
const EXCERPT_LENGTH = 200;

interface Kind {
  error: new (message: string, facts: ErrorFacts) => AngelcamError;
  code: ErrorCode;
  advice: string;
}

const KINDS: Readonly<Record<number, Kind>> = {
  400: { error: BadRequestError, code: "bad_request", advice: "Correct the input; `fields` names what was refused." },
  401: {
    error: AuthenticationError,
    code: "not_authenticated",
    advice: "The token is missing, wrong, expired or revoked: sign in again, or hand the client a valid one.",
  },
  403: {
    error: PermissionDeniedError,
    code: "permission_denied",
    advice: "Ask for the scope that the operation needs when signing in, or for the right in this space.",
  },
  404: {
    error: NotFoundError,
    code: "not_found",
    advice: "Check the id, the space, and that the service behind it is switched on for this camera.",
  },
  429: { error: RateLimitError, code: "rate_limited", advice: "Wait until `retryAt`, and send fewer requests." },
};

const OTHER: Kind = { error: ApiError, code: "api_error", advice: "See `status`, `title` and `detail`." };
const SERVER: Kind = { error: ServerError, code: "server_error", advice: "Try again in a while." };
const OAUTH: Kind = { error: OAuthError, code: "oauth_error", advice: "Check the grant and the client's credentials." };

/** The error that an answer with an error status means. */
export function errorFromAnswer(call: Call, response: Response, text: string): AngelcamError {
  const { status } = response;
  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    return unexpectedResponse(call, response, "", `is a redirect${targetOf(call, response)}, which is not followed`);
  }
  const body = parseErrorBody(text);
  if (!body && text.trim() !== "") {
    return unexpectedResponse(call, response, text, "is not the error answer that the API documents");
  }
  const kind = body?.isOAuth ? OAUTH : (KINDS[status] ?? (status >= 500 ? SERVER : OTHER));
  const safe = body ? redactBody(body, secretsOf(call)) : undefined;
  const said = [status, safe?.title, safe?.detail && `(${safe.detail})`].filter(Boolean).join(" ");
  return new kind.error(`${call.operation.id} was answered ${said}. ${kind.advice}`, {
    ...factsOf(call),
    code: kind.code,
    retryable: status === 429 || status >= 500,
    status,
    title: safe?.title,
    detail: safe?.detail,
    fields: safe?.fields,
  });
}

/** The error for an answer that the API does not document. */
export function unexpectedResponse(
  call: Call,
  response: Response,
  text: string,
  problem: string,
): UnexpectedResponseError {
  const { status } = response;
  return new UnexpectedResponseError(
    `${call.operation.id}: the answer (status ${status}) ${problem}. A proxy or an outage may be in the way; see \`detail\`.`,
    {
      ...factsOf(call),
      code: "unexpected_response",
      retryable: call.operation.repeatable === true && (status >= 500 || response.ok),
      status,
      detail: redact(text.slice(0, EXCERPT_LENGTH), secretsOf(call)) || undefined,
    },
  );
}

function redactBody(body: ErrorBody, secrets: readonly string[]): ErrorBody {
  const clean = (text: string) => redact(text, secrets);
  return {
    ...body,
    title: clean(body.title),
    detail: body.detail === undefined ? undefined : clean(body.detail),
    fields:
      body.fields && Object.fromEntries(Object.entries(body.fields).map(([name, texts]) => [name, texts.map(clean)])),
  };
}

/** Only the origin of the target: the rest of a redirect may carry anything. */
function targetOf(call: Call, response: Response): string {
  const location = response.headers.get("Location");
  return location && URL.canParse(location, call.request.url)
    ? ` to ${new URL(location, call.request.url).origin}`
    : "";
}
