import type { Answer, Call } from "./call.ts";
import { errorFromResponse, unexpectedResponse } from "./error-from-response.ts";

/**
 * Turns an answer into data, or throws the error that it means.
 *
 * @returns The parsed JSON, or undefined for an answer that is empty by design.
 */
export function parseResponse(call: Call, { response, text }: Answer): unknown {
  if (!response.ok) throw errorFromResponse(call, response, text);
  if (call.operation.mayBeEmpty && !text) return undefined;
  const type = response.headers.get("Content-Type");
  try {
    // A missing content type is forgiven: the text itself will tell.
    if (!type || /[/+]json\b/i.test(type)) return JSON.parse(text);
  } catch {
    // What was cut off is told of like what was never JSON.
  }
  throw unexpectedResponse(call, response, text, `${text ? type || "text" : "no data"} in place of complete JSON`);
}
