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
  const { fetch } = call;
  const { url, method, headers, body } = call.request;
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: "manual",
      ...(body === undefined ? {} : { body }),
      ...(call.signal ? { signal: call.signal } : {}),
    });
    return { response, text: await readText(response) };
  } catch (error) {
    if (call.signal?.aborted) throw call.signal.reason;
    // A fetch of ours that watches the contract knows better what has happened.
    if (error instanceof AngelcamError) throw error;
    throw connectionError(call, error);
  }
};

async function readText(response: Response): Promise<string> {
  if (response.ok || !response.body) return response.text();
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (text.length < LONGEST_ERROR_BODY) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
  }
  // Nobody waits for the rest; what becomes of it is of no interest.
  reader.cancel().catch(() => {});
  return text;
}

function connectionError(call: Call, cause: unknown): ConnectionError {
  const { origin } = new URL(call.request.url);
  const secrets = secretsOf(call);
  return new ConnectionError(
    `${call.operation.id} could not reach ${origin}: ${redact(reasonOf(cause), secrets)}. Check the network and the address, then try again.`,
    { ...factsOf(call), code: "connection_failed", retryable: call.operation.repeatable === true },
    withoutSecrets(cause, secrets),
  );
}

/** The error as it came, unless it shows a credential: then a copy that does not. */
function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof Error)) return error === undefined ? undefined : redact(String(error), secrets);
  const cause = withoutSecrets(error.cause, secrets);
  const shown = `${error.message}\n${error.stack}`;
  if (cause === error.cause && redact(shown, secrets) === shown) return error;
  const { code } = error as { code?: unknown };
  return Object.assign(new Error(redact(error.message, secrets), { cause }), {
    name: error.name,
    stack: redact(error.stack ?? "", secrets),
    ...(code === undefined ? {} : { code }),
  });
}

/** Node hides what went wrong ("ECONNREFUSED") behind "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (cause as { code?: unknown } | undefined)?.code;
  if (typeof code === "string") return code;
  if (cause instanceof Error) return cause.message;
  return error instanceof Error ? error.message : String(error);
}
