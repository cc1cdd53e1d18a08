import { AngelcamError } from "../errors/angelcam-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { redact } from "../errors/redact.ts";
import type { Call, Send } from "./call.ts";
import { factsOf } from "./facts.ts";
import { secretsOf } from "./secrets.ts";

/** An error answer longer than this is a page, not an envelope: reading on would only cost time and memory. */
const LONGEST_ERROR_BODY = 65_536;

/** Sends the request once and reads the whole answer. Redirects are not followed: a token belongs to one origin. */
export const fetchAnswer: Send = async (call) => {
  const { fetch, signal = null } = call;
  const { url, method, headers, body = null } = call.request;
  try {
    const response = await fetch(url, { method, headers, body, signal, redirect: "manual" });
    return { response, text: await readText(response) };
  } catch (error) {
    // A fetch of ours that watches the contract knows better what has happened.
    throw error instanceof AngelcamError ? error : connectionError(call, error);
  }
};

async function readText(response: Response): Promise<string> {
  if (response.ok || !response.body) return response.text();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (text.length < LONGEST_ERROR_BODY) {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: !done });
    if (done) break;
  }
  // Nobody waits for the rest, if there is one; what becomes of it is of no interest.
  reader.cancel().catch(() => {});
  return text;
}

function connectionError(call: Call, error: unknown): ConnectionError {
  const { origin } = new URL(call.request.url);
  const secrets = secretsOf(call);
  return new ConnectionError(
    `${call.operation.id} could not reach ${origin}: ${redact(reasonOf(error), secrets)}. Check the network and the address, then try again.`,
    { ...factsOf(call), code: "connection_failed", retryable: call.operation.repeatable === true },
    withoutSecrets(error, secrets),
  );
}

/** The error as it came, unless it shows a credential: then a copy that does not. */
function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  if (error === undefined) return error;
  if (!(error instanceof Error)) return redact(String(error), secrets);
  const { name, message, stack = "", code } = error as Error & { code?: unknown };
  const cause = withoutSecrets(error.cause, secrets);
  const shown = `${message}\n${stack}`;
  if (cause === error.cause && redact(shown, secrets) === shown) return error;
  const safe = new Error(redact(message, secrets), { cause });
  return Object.assign(safe, { name, stack: redact(stack, secrets) }, code !== undefined && { code });
}

/** Node hides what went wrong ("ECONNREFUSED") behind "fetch failed". */
function reasonOf(error: unknown): string {
  const { message = error, cause } = Object(error) as {
    message?: unknown;
    cause?: { code?: unknown; message?: unknown };
  };
  return String(cause?.code ?? cause?.message ?? message);
}
