/** An `error` breaks the contract. A `warning` is something new in an answer, for a server may grow. */
export type Severity = "error" | "warning";

/** Who broke the contract: the client in its request, or the server in its answer. */
export type Side = "request" | "answer";

/**
 * What is wrong.
 *
 * - `unknown_path`, `missing_slash`, `unknown_method`, `server`: the request goes nowhere that the document knows.
 * - `credential`: the operation wants a token, and none was sent.
 * - `missing`, `unknown`, `repeated`: a parameter, a header or a field that is absent, not in the document, or there twice.
 * - `type`, `enum`, `format`, `pattern`, `range`, `constraint`: a value that its schema refuses.
 * - `direction`: a field that only the other side may send.
 * - `body`, `unreadable`, `content_type`, `status`: an answer or a body of another kind than the document says.
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
  | "status";

/** The part of the message that is at fault. */
export type ViolationPlace = "url" | "method" | "path" | "query" | "header" | "body" | "status";

/** One place where a request or an answer is not what the document says. It holds no secret and is safe to log. */
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
  /** Status of the answer; undefined for a request. */
  readonly status: number | undefined;
  readonly in: ViolationPlace;
  /** In a body a JSON pointer, such as `/results/0/id`; elsewhere the name of the parameter or header. May be empty. */
  readonly pointer: string;
  /** The value at fault, shortened; `(secret)` in place of a credential; undefined where nothing is there. */
  readonly value: string | undefined;
  /** All of it in one readable line. */
  readonly message: string;
}

/** A violation before it is known which operation it belongs to. */
export interface Finding {
  readonly severity?: Severity;
  readonly kind: ViolationKind;
  readonly in: ViolationPlace;
  readonly pointer: string;
  readonly value?: string | undefined;
  /** What is wrong, such as `must be an integer`. */
  readonly text: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
}

/** What all violations of one message have in common. */
export interface Circumstances {
  readonly side: Side;
  readonly operationId: string | undefined;
  readonly method: string;
  readonly path: string | undefined;
  readonly status: number | undefined;
}

/** Puts a finding into its circumstances. */
export function violationOf(finding: Finding, circumstances: Circumstances): Violation {
  const { severity = "error", kind, pointer, value } = finding;
  return { severity, kind, ...circumstances, in: finding.in, pointer, value, message: line(finding, circumstances) };
}

function line({ in: place, pointer, value, text, hint }: Finding, circumstances: Circumstances): string {
  const { side, operationId, method, status } = circumstances;
  const where = [operationId ?? method, side, ...(status === undefined ? [] : [status])].join(" ");
  const spot = place === "status" || place === "method" ? "" : `, ${place}${pointer === "" ? "" : ` ${pointer}`}`;
  return `${where}${spot}: ${text}${value === undefined ? "" : `, got ${value}`}${hint ? `. ${hint}` : ""}`;
}
