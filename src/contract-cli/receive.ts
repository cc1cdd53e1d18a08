import { isReadable } from "../contract/body.ts";
import type { RequestMessage } from "../contract/message.ts";
import type { ReceivedResponse } from "./exchange.ts";

/** Longest body of a response, in bytes. */
const LONGEST_BODY = 32 * 1024 * 1024;

/** The reasons for the end of a run: it was stopped, or it took too long. */
export const STOPPED = "the run was stopped";
export const TIME_IS_UP = "the time is up (see --timeout)";

/** Codes of a connection that the server closed while the request was on its way. */
const CLOSED: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/**
 * Sends a request once; a GET again where a kept connection was closed under it. Follows no redirect.
 *
 * @returns The response, or the reason why there is none.
 */
export async function receive(
  { method, url, headers }: RequestMessage,
  body: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<ReceivedResponse | { readonly problem: string }> {
  for (let attempt = 1; ; attempt++) {
    try {
      // A GET cannot have a body here. One that came with it was reported, and servers ignore it.
      const hasBody = body.length > 0 && method !== "GET" && method !== "HEAD";
      const init = { method, headers, signal, ...(hasBody ? { body } : {}) };
      return await readResponse(await fetch(url, { ...init, redirect: "manual" }));
    } catch (error) {
      const { code, reason } = reasonOf(error as Error);
      const isRetryable = attempt === 1 && (method === "GET" || method === "HEAD") && CLOSED.has(code);
      if (!isRetryable) return { problem: `no response: ${reason}` };
    }
  }
}

async function readResponse(response: Response): Promise<ReceivedResponse> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw new RangeError("the body is longer than 32 MB");
    chunks.push(chunk);
  }
  const body = new Uint8Array(Buffer.concat(chunks));
  const bodyText = isReadable(response.headers) ? new TextDecoder().decode(body) : undefined;
  return { status: response.status, headers: response.headers, body, bodyText };
}

function reasonOf(error: Error): { readonly code: string; readonly reason: string } {
  const { code, message } = (error.cause ?? error) as { code?: string | number; message: string };
  if (error.name === "AbortError") return { code: "", reason: STOPPED };
  if (error.name === "TimeoutError") return { code: "", reason: TIME_IS_UP };
  return { code: String(code ?? ""), reason: String(code ?? message) };
}
