import { AngelcamError } from "../errors/angelcam-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { redact } from "../errors/redact.ts";
import type { Call, Handler } from "./call.ts";
import { factsOf } from "./error-details.ts";
import { secretsOf } from "./secrets.ts";

/** Sends the request once and reads the whole answer. Redirects are not followed: a token belongs to one origin. */
export const fetchResponse: Handler = async (call) => {
  const { operation, url, headers, body = null, signal = null, fetch } = call;
  try {
    const response = await fetch(url, { method: operation.method, headers, body, signal, redirect: "manual" });
    return { response, text: await response.text() };
  } catch (error) {
    // A fetch of ours that watches the contract knows better what has happened.
    throw error instanceof AngelcamError ? error : connectionError(call, error);
  }
};

function connectionError(call: Call, error: unknown): ConnectionError {
  const { origin } = new URL(call.url);
  const secrets = secretsOf(call);
  return new ConnectionError(
    `${call.operation.id} could not reach ${origin}: ${redact(reasonOf(error), secrets)}. Check the network and the address, then try again.`,
    { ...factsOf(call), code: "connection_failed", retryable: call.operation.repeatable === true },
    withoutSecrets(error, secrets),
  );
}

/** The error as it came, unless it shows a credential: then its own words alone, cleaned. */
function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  let shown = "";
  let link = error;
  for (; link instanceof Error; link = link.cause) shown += `${link}${link.stack}`;
  // What is no error may hold anything.
  return link === undefined && redact(shown, secrets) === shown ? error : new Error(redact(String(error), secrets));
}

/** Node hides what went wrong ("ECONNREFUSED") behind "fetch failed". */
function reasonOf(error: unknown): string {
  const { message = error, cause } = Object(error) as {
    message?: unknown;
    cause?: { code?: unknown; message?: unknown };
  };
  return String(cause?.code ?? cause?.message ?? message);
}
