import { describe, expect, it } from "vitest";
import { connectionPhase } from "../../src/base/connection-phase.ts";

const coded = (code: unknown, facts: object = {}) => Object.assign(new Error("lost"), { code, ...facts });

const fetchFailed = (cause: unknown) => new TypeError("fetch failed", { cause });

/** An error so many causes deep. */
function buried(error: Error, depth: number): Error {
  return depth === 0 ? error : new Error("outer", { cause: buried(error, depth - 1) });
}

const circle = new Error("circle");
circle.cause = circle;

const knot = new AggregateError([], "knot");
knot.errors.push(knot, knot);

const CONNECT_CODES = [
  ..."ECONNREFUSED ConnectionRefused FailedToOpenSocket ENOTFOUND EAI_AGAIN EAI_FAIL EAI_NODATA".split(" "),
  ..."ENETUNREACH ENETDOWN EHOSTUNREACH EHOSTDOWN EADDRNOTAVAIL UND_ERR_CONNECT_TIMEOUT".split(" "),
  ..."EPROTO ERR_SSL_WRONG_VERSION_NUMBER ERR_TLS_CERT_ALTNAME_INVALID CERT_HAS_EXPIRED CERT_NOT_YET_VALID".split(" "),
  ..."DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE".split(" "),
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
];

describe("connect, for an error that comes before the first byte of a request", () => {
  it.each(CONNECT_CODES)("with the code %s", (code) => {
    expect(connectionPhase(fetchFailed(coded(code)))).toBe("connect");
  });

  it.each<[string, unknown]>([
    ["a connect that timed out", fetchFailed(coded("ETIMEDOUT", { syscall: "connect" }))],
    ["any other failure of connect", fetchFailed(coded("EINVAL", { syscall: "connect" }))],
    ["a query of a name server that timed out", fetchFailed(coded("ETIMEOUT", { syscall: "queryA" }))],
    [
      "a TLS handshake that was cut off",
      fetchFailed(
        coded("ECONNRESET", {
          message: "Client network socket disconnected before secure TLS connection was established",
        }),
      ),
    ],
    [
      "a proxy that refused the tunnel",
      fetchFailed(coded("UND_ERR_ABORTED", { message: "Proxy response (403) !== 200 when HTTP Tunneling" })),
    ],
    [
      "a refused connection of Deno",
      new TypeError(
        "error sending request for url (https://example.com/): client error (Connect): tcp connect error: Connection refused (os error 111)",
      ),
    ],
    ["a proxy that asks for a login, which Node reports without a reason", fetchFailed(new Error())],
    ["a refused connection three causes further down", buried(coded("ECONNREFUSED"), 3)],
    [
      "all addresses of a host refused, as Node reports it",
      fetchFailed(
        Object.assign(new AggregateError([coded("ECONNREFUSED"), coded("ETIMEDOUT", { syscall: "connect" })]), {
          code: "ETIMEDOUT",
        }),
      ),
    ],
    [
      "a copy whose members are in a property",
      fetchFailed(coded("ETIMEDOUT", { errors: [coded("ENETUNREACH"), coded("EHOSTDOWN")] })),
    ],
  ])("for %s", (_, error) => {
    expect(connectionPhase(error)).toBe("connect");
  });
});

describe("request, for an error after which the server may have received the request", () => {
  it.each<[string, unknown]>([
    ["a connection that was reset", fetchFailed(coded("ECONNRESET", { syscall: "read" }))],
    [
      "a reused connection that the other side had closed",
      fetchFailed(coded("UND_ERR_SOCKET", { message: "other side closed" })),
    ],
    ["a read that timed out", fetchFailed(coded("ETIMEDOUT", { syscall: "read" }))],
    ["a timeout without a system call", fetchFailed(coded("ETIMEDOUT"))],
    ["a response that did not come in time", fetchFailed(coded("UND_ERR_HEADERS_TIMEOUT"))],
    ["a TLS record that was damaged on the way", fetchFailed(coded("ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC"))],
    ["a TLS connection that ended too early", fetchFailed(coded("ERR_SSL_UNEXPECTED_EOF_WHILE_READING"))],
    ["a connection lost without a code", fetchFailed(new Error("lost"))],
    ["a number for a code", fetchFailed(coded(111))],
    ["no cause", new TypeError("Failed to fetch")],
    ["a cause that is no error", fetchFailed({ code: "ECONNREFUSED" })],
    ["no error at all", "ECONNREFUSED"],
    [
      "one address refused and one connection lost",
      fetchFailed(Object.assign(new AggregateError([coded("ECONNREFUSED"), coded("EPIPE")]), { code: "ECONNREFUSED" })),
    ],
    ["no address tried", fetchFailed(new AggregateError([]))],
    ["causes that lead in a circle", circle],
    ["a collection of errors that holds itself", knot],
  ])("for %s", (_, error) => {
    expect(connectionPhase(error)).toBe("request");
  });
});
