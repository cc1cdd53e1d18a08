import { describe, expect, it } from "vitest";
import { isInvalidGrant, outcomeIsUnknown, sessionEnded, sessionInDoubt } from "../../src/auth/session-errors.ts";
import {
  ConnectionError,
  type ErrorDetails,
  OAuthError,
  QuotaError,
  ServerError,
  TimeoutError,
  UnexpectedResponseError,
} from "../../src/index.ts";

const facts = (code: ErrorDetails["code"], title?: string): ErrorDetails => ({ code, title, retryable: false });

const coded = (code: unknown, cause?: unknown) => Object.assign(new Error("lost", { cause }), { code });

const lost = (cause: unknown) => new ConnectionError("lost", facts("connection_failed"), cause);

/** An error so many causes deep. */
function buried(error: Error, depth: number): Error {
  return depth === 0 ? error : new Error("outer", { cause: buried(error, depth - 1) });
}

const circle = new Error("circle");
circle.cause = circle;

const knot = new AggregateError([], "knot");
knot.errors.push(knot);

describe("a token request is taken to have changed nothing", () => {
  it.each<[string, unknown]>([
    ["a refused connection", lost(coded("ECONNREFUSED"))],
    ["a refused connection, as Bun says it", lost(coded("ConnectionRefused"))],
    ["an unknown host", lost(coded("ENOTFOUND"))],
    ["a name server that does not answer", lost(coded("EAI_AGAIN"))],
    ["a host out of reach", lost(coded("EHOSTUNREACH"))],
    ["a network out of reach", lost(coded("ENETUNREACH"))],
    ["a connection that took too long to make", lost(coded("UND_ERR_CONNECT_TIMEOUT"))],
    ["a refused connection three causes further down", lost(buried(coded("ECONNREFUSED"), 3))],
    ["all addresses of a host refused", lost(new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")]))],
    ["a request that found no place in the quota", new QuotaError("no place", facts("quota_exceeded"))],
    ["a refused grant", new OAuthError("refused", facts("oauth_error", "invalid_client"))],
    ["an error answer", new ServerError("broken", facts("server_error"))],
    ["a fault of the program itself", new TypeError("no clientId")],
  ])("after %s", (_, error) => {
    expect(outcomeIsUnknown(error)).toBe(false);
  });
});

describe("nobody knows what a token request has changed", () => {
  it.each<[string, unknown]>([
    ["a connection that was reset", lost(coded("ECONNRESET"))],
    ["a connection lost without a code", lost(new Error("lost"))],
    ["a connection lost with a number for a code", lost(coded(111))],
    ["a connection lost without a cause", lost(undefined)],
    ["a cause that is no error", lost({ code: "ECONNREFUSED" })],
    ["one address refused and one connection reset", lost(new AggregateError([coded("ECONNREFUSED"), coded("EPIPE")]))],
    ["no address tried", lost(new AggregateError([]))],
    ["causes that lead in a circle", lost(circle)],
    ["a collection of errors that holds itself", lost(knot)],
    ["a timeout", new TimeoutError("too slow", facts("timeout"))],
    ["an answer that was cut off", new UnexpectedResponseError("cut", facts("unexpected_response"))],
  ])("after %s", (_, error) => {
    expect(outcomeIsUnknown(error)).toBe(true);
  });
});

describe("what the server has refused for good", () => {
  it.each<[boolean, string, unknown]>([
    [true, "an OAuth error of the title invalid_grant", new OAuthError("no", facts("oauth_error", "invalid_grant"))],
    [false, "an OAuth error of another title", new OAuthError("no", facts("oauth_error", "invalid_client"))],
    [false, "another error of that title", new ServerError("no", facts("server_error", "invalid_grant"))],
  ])("is told: %s for %s", (refused, _, error) => {
    expect(isInvalidGrant(error)).toBe(refused);
  });
});

describe("the error of a session says what to do next", () => {
  const cause = new Error("cause");

  it("when it has ended", () => {
    const error = sessionEnded("The refresh token is spent.", cause);
    expect(error).toMatchObject({ code: "session_ended", title: "invalid_grant", retryable: false, cause });
    expect(error.message).toBe(
      "The session has ended. The refresh token is spent. Sign in again: make a new OAuthSession with a fresh grant.",
    );
  });

  it("when it is in doubt", () => {
    const error = sessionInDoubt(cause);
    expect(error).toMatchObject({ code: "session_in_doubt", retryable: false, cause });
    expect(error.message).toBe(
      "The session is in doubt: the last token request broke off, and its refresh token may be spent. It is not sent again by itself, for a second use can end the session. Call session.refresh() to try it once more, or sign in again.",
    );
  });
});
