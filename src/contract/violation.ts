/** An `error` breaks the contract. A `warning` is something new in a response, because a server may grow. */
export type Severity = "error" | "warning";

/** The message that broke the contract: the request of the client, or the response of the server. */
export type Side = "request" | "response";

/**
 * The kind of a violation.
 *
 * - `unknown_path`, `missing_slash`, `unknown_method`, `server`: the document has no operation at this address.
 * - `credential`: the operation needs a token, and none was sent.
 * - `missing`, `unknown`, `repeated`: a parameter, a header or a field that is absent, not in the document, or present twice.
 * - `type`, `enum`, `format`, `pattern`, `range`, `constraint`: a value that does not satisfy its schema.
 * - `direction`: a field that only the other side may send.
 * - `pagination`, `identity`, `retry_after`, `slow`: found by `angelcam-contract` alone. A list contradicts its request or
 *   itself; a response is about another item than the one requested; a 429 does not say how long to wait; a response took
 *   longer than `--max-response-time`.
 * - `body`, `unreadable`, `content_type`, `status`: a response or a body of another kind than the document declares.
 */
export type ViolationKind =
  | "unknown_path"
  | "missing_slash"
  | "unknown_method"
  | "server"
  | "credential"
  | "missing"
  | "unknown"
  | "repeated"
  | "type"
  | "enum"
  | "format"
  | "pattern"
  | "range"
  | "constraint"
  | "direction"
  | "body"
  | "unreadable"
  | "content_type"
  | "status"
  | "pagination"
  | "identity"
  | "retry_after"
  | "slow";

/** The part of the message that is at fault. */
export type MessagePart = "url" | "method" | "path" | "query" | "header" | "body" | "status";

/** One point in which a request or a response differs from the document. It holds no secret and is safe to log. */
export interface Violation {
  readonly severity: Severity;
  readonly kind: ViolationKind;
  readonly side: Side;
  /** Such as `cameras.list`; undefined when the document has no such operation. */
  readonly operationId: string | undefined;
  /** HTTP method of the request. */
  readonly method: string;
  /** Path template of the operation, such as `/v1/cameras/{camera_id}/`. */
  readonly path: string | undefined;
  /** Status of the response; undefined for a request. */
  readonly status: number | undefined;
  readonly in: MessagePart;
  /** In a body a JSON pointer, such as `/results/0/id`; elsewhere the name of the parameter or header. May be empty. */
  readonly pointer: string;
  /** The value at fault, shortened; `[secret]` instead of a credential; undefined when there is none. */
  readonly value: string | undefined;
  /** The violation in one readable sentence. */
  readonly message: string;
}

/** A violation before it is known which operation it belongs to. */
export interface Issue {
  readonly severity?: Severity;
  readonly kind: ViolationKind;
  readonly in: MessagePart;
  readonly pointer: string;
  readonly value?: string | undefined;
  /** The rule that is broken, such as `must be an integer`. */
  readonly text: string;
  /** The remedy. */
  readonly hint?: string | undefined;
}

/** The part that all violations of one message share. */
export interface Context {
  readonly side: Side;
  readonly operationId: string | undefined;
  readonly method: string;
  readonly path: string | undefined;
  readonly status: number | undefined;
}

/** Puts an issue into its context. */
export function violationOf(issue: Issue, context: Context): Violation {
  const { severity = "error", kind, pointer, value } = issue;
  return { severity, kind, ...context, in: issue.in, pointer, value, message: formatMessage(issue, context) };
}

function formatMessage({ in: part, pointer, value, text, hint }: Issue, context: Context): string {
  const { side, operationId, method, status } = context;
  const where = [operationId ?? method, side, ...(status === undefined ? [] : [status])].join(" ");
  const location = part === "status" || part === "method" ? "" : `, ${part}${pointer === "" ? "" : ` ${pointer}`}`;
  return `${where}${location}: ${text}${value === undefined ? "" : `, got ${value}`}${hint ? `. ${hint}` : ""}`;
}
