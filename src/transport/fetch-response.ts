import { toSignal } from "../base/abort-scope.ts";
import { AngelcamError } from "../errors/angelcam-error.ts";
import { ConnectionError } from "../errors/client-errors.ts";
import { cleanError } from "../errors/redact.ts";
import type { Call, Handler } from "./call.ts";
import { errorDetails } from "./error-details.ts";
import { unexpectedResponse } from "./error-from-response.ts";
import { ResponseTooLargeError, readText } from "./read-text.ts";
import { secretsOf } from "./secrets.ts";

/**
 * Sends the request once and reads the whole response. Redirects are not followed, because a token belongs to one origin.
 *
 * @param maxSize Bytes of the largest response that is read, counted after decompression.
 */
export function fetchResponse(maxSize: number): Handler {
  return async (call, signal) => {
    const { fetch } = call;
    const { url, headers, body = null, fetchOptions } = call.request;
    const init: RequestInit = {
      method: call.operation.method,
      headers,
      body,
      redirect: "manual",
      signal: toSignal(signal) ?? null,
    };
    // Next.js 14 caches every `fetch` by default, the status of a camera and a token among them; a call with `next` says itself
    // what is cached, and Next.js ignores it beside this. Some versions of workerd know no `cache` and reject it. Looked up now
    // and not with the import: Node loads its `fetch` when one of its classes is named.
    if (!fetchOptions.next && "cache" in (globalThis.Request?.prototype ?? {})) init.cache = "no-store";
    let response: Response | undefined;
    try {
      response = await fetch(url, Object.assign(init, fetchOptions));
      return { response, text: await readText(response, maxSize) };
    } catch (error) {
      // A fetch function that checks the contract reports the precise error itself.
      if (error instanceof AngelcamError) throw error;
      if (response && error instanceof ResponseTooLargeError) {
        throw unexpectedResponse(
          call,
          response,
          "",
          `more than ${maxSize} bytes, the most that maxResponseSize allows`,
          false,
        );
      }
      throw isProgramError(error) ? error : connectionError(call, error);
    }
  };
}

function connectionError(call: Call, error: unknown): ConnectionError {
  const clean = cleanError(error, secretsOf(call));
  return new ConnectionError(
    `${call.operation.id} could not reach ${new URL(call.request.url).origin}: ${innermostReason(clean).replace(/\.$/, "")}. Check the network, the address and its certificate, then try again.`,
    errorDetails(call, "connection_failed"),
    error === undefined ? undefined : clean,
  );
}

/** A mistake in the program, such as a missing global or a wrong dispatcher: sending again would not help. */
function isProgramError(error: unknown): boolean {
  const { name, code, cause } = Object(error) as { name?: unknown; code?: unknown; cause?: { code?: unknown } };
  // Tests of Jest have a ReferenceError of another realm.
  if (name === "ReferenceError") return true;
  return [code, cause?.code].some((value) => /ERR_INVALID_ARG/.test(String(value)));
}

/** Node hides the reason ("ECONNREFUSED") behind "fetch failed", and that of a proxy behind one more error. */
function innermostReason({ message, cause }: Error): string {
  let reason = message;
  for (let inner = cause; inner instanceof Error; inner = inner.cause) {
    reason = String((inner as { code?: unknown }).code || inner.message || reason);
  }
  return reason;
}
