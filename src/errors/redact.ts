import { secretNames } from "../../generated/operations.ts";
import { createRedactor } from "../base/redact.ts";
import { AngelcamError } from "./angelcam-error.ts";

const redactor = /* @__PURE__ */ createRedactor(secretNames);

/**
 * Removes credentials from a text: those behind a name that the document marks as secret, and those that are known.
 *
 * @param known Credentials in use, removed wherever they are, also encoded.
 */
export function redact(text: string, known: Iterable<string> = []): string {
  return redactor.redact(text, known);
}

/**
 * A copy of a foreign error that is safe to keep and to log. An error of this package is returned as it is.
 *
 * @param known Credentials in use, removed wherever they are, also encoded.
 */
export function cleanError(error: unknown, known: Iterable<string> = []): Error {
  return error instanceof AngelcamError ? error : redactor.cleanError(error, known);
}
