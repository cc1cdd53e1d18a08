import { isReadable } from "./body.ts";
import type { RequestMessage, ResponseMessage } from "./message.ts";

type FetchArguments = Parameters<typeof fetch>;

/**
 * Reads a request as `fetch` would send it, and returns the arguments to send it with. They are the caller's own, but for a
 * body that can be read only once: that is handed on as bytes.
 */
export async function readRequest(
  ...[input, init]: FetchArguments
): Promise<{ message: RequestMessage; send: FetchArguments }> {
  // A Request as it is can be copied; the copy is read and the caller's own is sent.
  if (input instanceof Request && !init?.body) {
    const { method, url, headers } = init ? new Request(input.clone(), { ...init, signal: null }) : input;
    return { message: { method, url, headers, bodyText: await input.clone().text() }, send: argumentsOf(input, init) };
  }
  if (!isReadOnce(init?.body)) {
    return { message: await messageOf(new Request(input, { ...init, signal: null })), send: argumentsOf(input, init) };
  }
  const request = new Request(input, { ...init, signal: null, duplex: "half" } as RequestInit);
  const { method, url, headers } = request;
  const body = new Uint8Array(await request.arrayBuffer());
  const message = { method, url, headers, bodyText: new TextDecoder().decode(body) };
  return { message, send: [input, { ...init, body }] };
}

/** Reads a copy of a response. Undefined for one that the browser hides. */
export async function readResponse(response: Response): Promise<ResponseMessage | undefined> {
  const { status, headers, type } = response;
  if (type === "opaque" || type === "opaqueredirect" || type === "error") return undefined;
  // A body that breaks off does so for the caller too, whose own reading fails.
  const bodyText = isReadable(headers)
    ? await response
        .clone()
        .text()
        .catch(() => undefined)
    : undefined;
  return { status, headers, bodyText };
}

async function messageOf(request: Request): Promise<RequestMessage> {
  const { method, url, headers } = request;
  return { method, url, headers, bodyText: await request.text() };
}

/** `init` only where the caller gave one: a stub may count arguments. */
function argumentsOf(input: RequestInfo | URL, init: RequestInit | undefined): FetchArguments {
  return init === undefined ? [input] : [input, init];
}

/** Anything but a text, a form or bytes: a stream, or an iterable of Node. */
function isReadOnce(body: unknown): boolean {
  return (
    typeof body === "object" &&
    body !== null &&
    !(body instanceof URLSearchParams) &&
    !(body instanceof FormData) &&
    !(body instanceof Blob) &&
    !(body instanceof ArrayBuffer) &&
    !ArrayBuffer.isView(body)
  );
}
