import { isObject } from "../base/is-object.ts";
import { kindOf } from "../base/kind-of.ts";
import { UnexpectedResponseError } from "../errors/client-errors.ts";
import type { PreparedCall, ReceivedResponse } from "./call.ts";
import { errorFromResponse, unexpectedResponse } from "./error-from-response.ts";

/**
 * Rejects a response that the API does not document: a redirect, a page of a proxy, a body that was cut off.
 *
 * @throws UnexpectedResponseError naming the operation and the response that came instead.
 */
export function checkResponse(call: PreparedCall, { response, text }: ReceivedResponse): void {
  const type = response.headers.get("Content-Type");
  if (!response.ok) {
    const error = errorFromResponse(call, response, text);
    if (error instanceof UnexpectedResponseError) throw error;
  } else if (text && type && !/[/+]json\b/i.test(type)) {
    throw unexpectedResponse(call, response, text, `${type} in place of JSON`);
  }
}

/**
 * Checks that data is what the operation documents, as far as that is certain: an object, a list, or no data.
 *
 * @throws UnexpectedResponseError naming the operation and the response that came instead.
 */
export function checkData(call: PreparedCall, response: Response, data: unknown): void {
  const { response: expected, mayBeEmpty } = call.operation;
  if (data === undefined) {
    if (expected === "empty" || mayBeEmpty) return;
    throw unexpectedResponse(call, response, "", "no data in place of complete JSON");
  }
  if (expected === "empty") return;
  const isExpected = expected === "array" ? Array.isArray(data) : isObject(data);
  if (!isExpected) throw unexpectedResponse(call, response, "", `${kindOf(data)} in place of an ${expected}`);
}
