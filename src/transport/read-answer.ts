import type { Answer, Call } from "./call.ts";
import { errorFromAnswer, unexpectedResponse } from "./error-from-answer.ts";

/**
 * Turns an answer into data, or throws the error that it means.
 *
 * @returns The parsed JSON, or undefined for an answer that is empty by design.
 */
export function readAnswer(call: Call, { response, text }: Answer): unknown {
  if (!response.ok) throw errorFromAnswer(call, response, text);
  if (text === "" || response.status === 204) {
    if (call.operation.mayBeEmpty) return undefined;
    throw unexpectedResponse(call, response, text, "came without the data that is due");
  }
  if (!isJson(response)) {
    throw unexpectedResponse(call, response, text, `is ${response.headers.get("Content-Type")}, not JSON`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw unexpectedResponse(call, response, text, "is not valid JSON, or was cut off");
  }
}

/** A missing content type is forgiven: the text itself will tell. */
function isJson(response: Response): boolean {
  const type = response.headers.get("Content-Type");
  return type === null || /[/+]json\b/i.test(type);
}
