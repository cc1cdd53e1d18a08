/**
 * How far a request came that got no response: `connect` while the connection was still being made (name resolution, TCP,
 * TLS, a proxy's tunnel), so that the server has received nothing of it; `request` when it may have been received.
 */
export type ConnectionPhase = "connect" | "request";

/** Causes of causes that are looked at; more are not worth it, and a chain may lead in a circle. */
const DEEPEST = 6;

/** System calls of Node that come before the first byte of a request: name resolution, `connect`, `bind`. */
const CONNECT_CALL = /^(?:connect|bind|getaddrinfo|getnameinfo|query[A-Z]\w*)$/;

/** Codes of Node, undici, Bun and Deno that only name resolution or the opening of a connection produce. */
const CONNECT_CODE =
  /^(?:ECONNREFUSED|ConnectionRefused|FailedToOpenSocket|ENOTFOUND|ENODATA|ESERVFAIL|EAI_\w+|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_TLS|ERR_SOCKET_CONNECTION_TIMEOUT|ERR_PROXY_TUNNEL)$/;

/** Codes of a failed TLS handshake, and of a certificate that is not trusted. A server that speaks plain http is one of them. */
const TLS_CODE =
  /^(?:EPROTO|ERR_TLS_\w+|ERR_SSL_\w+|CERT_\w+|CRL_\w+|UNABLE_TO_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|ERROR_IN_CERT_\w+|INVALID_(?:CA|PURPOSE)|HOSTNAME_MISMATCH|INVALID_CERT)$/;

/** TLS failures that can also end a connection which has carried requests. */
const TLS_LATER = /BAD_RECORD_MAC|DECRYPT|UNEXPECTED_EOF|INTERNAL_ERROR|AFTER_CLOSE|SHUTDOWN|CLOSE_NOTIFY/;

/** Messages where a runtime gives no code: Node's TLS, undici's proxy tunnel, Node's own `connect`, Deno. */
const CONNECT_MESSAGE =
  /before secure TLS connection was established|when HTTP Tunneling|^connect E[A-Z]+|client error \(Connect\)|tcp connect error|dns error/;

/**
 * Reads the phase from an error of `fetch`, by the codes, system calls and messages along its causes.
 *
 * @param error The error as `fetch` threw it, or a copy that kept `code`, `syscall`, `message`, `cause` and `errors`.
 * @returns `connect` only where that is certain; a browser does not say, so that its errors are `request`.
 */
export function connectionPhase(error: unknown): ConnectionPhase {
  return failedToConnect(error, 0) ? "connect" : "request";
}

function failedToConnect(error: unknown, depth: number): boolean {
  if (!(error instanceof Error) || depth > DEEPEST) return false;
  const { errors: members = [] } = error as { errors?: readonly unknown[] };
  // Node tries the addresses of a host one after the other: each of them must have failed this early.
  if (Array.isArray(members) && members.length > 0)
    return members.every((member) => failedToConnect(member, depth + 1));
  return isConnectError(error) || isProxyRejection(error) || failedToConnect(error.cause, depth + 1);
}

/** The `fetch` of Node hides a 407, with which a proxy asks for a login, behind a network error without any reason. */
function isProxyRejection({ message, cause }: Error): boolean {
  if (message !== "fetch failed" || !(cause instanceof Error) || cause.message !== "") return false;
  return !["code", "cause", "errors"].some((name) => name in cause);
}

function isConnectError(error: Error): boolean {
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (typeof syscall === "string" && CONNECT_CALL.test(syscall)) return true;
  if (CONNECT_MESSAGE.test(error.message)) return true;
  if (typeof code !== "string") return false;
  if (CONNECT_CODE.test(code)) return true;
  return (
    TLS_CODE.test(code) && !TLS_LATER.test(code) && !TLS_LATER.test(error.message.toUpperCase().replaceAll(" ", "_"))
  );
}
