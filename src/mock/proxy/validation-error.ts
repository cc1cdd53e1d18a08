import type { ApiError, OAuthError, ValidationError } from "../../../generated/schema.ts";
import { detailIn, errorBody, type Problems, sentenceOf } from "../../contract/error-body.ts";
import type { RequestError } from "../../http/request-error.ts";
import type { OperationRules } from "../../openapi/operation-rules.ts";

/** Something about a request that the document does not allow, as Prism's `sl-violations` header has it. */
export interface Violation {
  /** Where it is: `["request", "query", "limit"]`. */
  readonly location: readonly string[];
  readonly severity: "Error";
  readonly code: string | number;
  readonly message: string;
}

/** An error response of the mock itself, sent instead of Prism's. */
export interface MockRejection {
  readonly status: number;
  /** One sentence, or the fields at fault. */
  readonly detail: string | Problems;
  readonly violations?: readonly Violation[];
  readonly headers?: Readonly<Record<string, string>>;
  /** The code of an OAuth error, where another than `invalid_request` says it better. */
  readonly oauthCode?: OAuthError["error"];
}

/** A header of more bytes than this is more than a client reads: Node's takes 16 KiB of them together. */
const LONGEST_HEADER = 8_192;

/** Carries a rejection from where it is found to the response. */
export class RejectedRequestError extends Error {
  override readonly name = "RejectedRequestError";
  readonly rejection: MockRejection;

  constructor(rejection: MockRejection) {
    super(sentenceOf(rejection.detail));
    this.rejection = rejection;
  }
}

/** Rejects with one sentence. */
export function rejectRequest(status: number, detail: string): never {
  throw new RejectedRequestError({ status, detail });
}

/** The rejection of a request whose address or body is malformed. */
export function rejectionOfMalformed({ status, problems }: RequestError): MockRejection {
  if (typeof problems === "string") return { status, detail: problems };
  const violations = Object.entries(problems).map(([name, [message = ""]]): Violation => {
    return { location: ["request", "query", name], severity: "Error", code: "malformed", message };
  });
  return { status, detail: problems, violations };
}

/**
 * The body of a rejection, in the form that the document has for the operation; undefined where it has none. The mock's
 * own problems, of which the document knows nothing, are returned as they are.
 */
export function rejectionBody(
  { status, detail, violations = [], oauthCode = "invalid_request" }: MockRejection,
  rules: OperationRules | undefined,
): ApiError | ValidationError | OAuthError | undefined {
  if (rules?.errorForm === "oauth") return { error: oauthCode, error_description: sentenceOf(detail) };
  const isOwn = rules === undefined || rules.operation.isPage || violations.length === 0;
  const told = isOwn ? detail : detailIn(rules, status, detail);
  return told === undefined ? undefined : (errorBody(status, told) as ApiError | ValidationError);
}

/** The headers of a rejection. */
export function rejectionHeaders({ violations = [], headers = {} }: MockRejection): Record<string, string> {
  return { ...headers, ...(violations.length > 0 ? { "sl-violations": violationsHeader(violations) } : {}) };
}

/** As many of the violations as fit, in characters that a header may hold. */
function violationsHeader(violations: readonly Violation[]): string {
  let kept = violations;
  let text = asciiJson(kept);
  while (text.length > LONGEST_HEADER && kept.length > 0) {
    kept = kept.slice(0, Math.floor(kept.length / 2));
    text = asciiJson(kept);
  }
  return text;
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
