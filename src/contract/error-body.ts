import type { OperationRules } from "../openapi/operation-rules.ts";

/** The titles that Angelcam's errors bear, and the like for what only a mock says. */
const TITLES: Readonly<Record<number, string>> = {
  400: "invalid",
  401: "not_authenticated",
  403: "permission_denied",
  404: "not_found",
  405: "method_not_allowed",
  406: "not_acceptable",
  408: "timed_out",
  413: "too_large",
  414: "too_long",
  415: "unsupported_media_type",
  417: "expectation_failed",
  429: "throttled",
  431: "headers_too_large",
  502: "bad_gateway",
  503: "bad_gateway",
};

/** The validation errors of each field. */
export type Problems = Readonly<Record<string, readonly string[]>>;

/**
 * The body of an error as the API has it.
 *
 * @param detail One sentence, or the problems field by field.
 */
export function errorBody(status: number, detail: Problems | string, title = TITLES[status] ?? "error") {
  const listed = () => Object.entries(detail).map(([field, texts]) => ({ [field]: texts }));
  return { title, detail: typeof detail === "string" ? detail : listed(), status };
}

/** The problems of all fields in one sentence. */
export function sentenceOf(problems: Problems | string): string {
  if (typeof problems === "string") return problems;
  const sentences = Object.entries(problems).map(([field, texts]) => `${field}: ${texts.join(" ")}`);
  return sentences.join(" ");
}

/**
 * The problems in the form that the document has for a status of an operation: field by field, or in one sentence. Mock
 * and sandbox both take it from here.
 *
 * @returns Undefined where the document has no body.
 */
export function detailIn(
  rules: Pick<OperationRules, "errorForm" | "isEmpty">,
  status: number,
  problems: Problems | string,
): Problems | string | undefined {
  if (rules.isEmpty(status)) return undefined;
  return status === 400 && rules.errorForm === "fields" ? problems : sentenceOf(problems);
}
