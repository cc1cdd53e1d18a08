import { kindOf } from "../base/kind-of.ts";
import { UnexpectedResponseError } from "./client-errors.ts";

/** The operation whose response is at fault; an error carries what is known of it. */
export interface RespondingOperation {
  readonly id: string;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
}

/** The longest piece of a value that an error quotes, in characters. */
const LONGEST_QUOTE = 60;

/**
 * The error for a successful response that is JSON, but not the JSON that the API documents.
 *
 * @param field Where it is wrong, as `streams[0].url`; empty for the response as a whole.
 * @param expected What the document says: `an array`.
 * @param value The value that came. Strings are not shown, for they may be secret: see `quote`.
 */
export function unexpectedShape(
  operation: RespondingOperation,
  field: string,
  expected: string,
  value: unknown,
): UnexpectedResponseError {
  return unexpectedContent(operation, `${field || "the response"} must be ${expected}, got ${kindOf(value)}`);
}

/**
 * The error for a successful response whose content contradicts the document or itself.
 *
 * @param problem What is wrong, without the name of the operation and without secrets.
 */
export function unexpectedContent(operation: RespondingOperation, problem: string): UnexpectedResponseError {
  const { id, method, path } = operation;
  return new UnexpectedResponseError(
    `${id}: unexpected response: ${problem}. The API may have changed: compare the response with the reference, and update angelcam-client.`,
    { code: "unexpected_response", retryable: false, operationId: id, method, path, detail: problem },
  );
}

/** The beginning of a value in quotes, for what is no secret: a date, a status. */
export function quote(value: unknown): string {
  if (typeof value !== "string") return kindOf(value);
  return JSON.stringify(value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value);
}
