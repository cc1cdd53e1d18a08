import { describe, expect, it } from "vitest";
import { isInvalidGrant, outcomeOf } from "../../src/auth/token-request-outcome.ts";
import {
  ApiError,
  ConnectionError,
  type ErrorDetails,
  OAuthError,
  QuotaError,
  ServerError,
  TimeoutError,
  UnexpectedResponseError,
} from "../../src/index.ts";
import { TokenStoreError } from "../../src/node/index.ts";

const details = (code: ErrorDetails["code"], status?: number, title?: string): ErrorDetails => ({
  code,
  status,
  title,
  retryable: false,
});

const oauth = (status: number | undefined, title: string) =>
  new OAuthError("no", details("oauth_error", status, title));
const html = (status: number) => new UnexpectedResponseError("text", details("unexpected_response", status));
const json = (status: number) => new ApiError("error", details("api_error", status));
const lost = (code: string, syscall?: string) =>
  new ConnectionError("lost", details("connection_failed"), Object.assign(new Error(code), { code, syscall }));

describe("a credential was rejected", () => {
  it.each([400, 401, 403])("by invalid_grant with status %s", (status) => {
    expect(outcomeOf(oauth(status, "invalid_grant"))).toBe("rejected");
    expect(isInvalidGrant(oauth(status, "invalid_grant"))).toBe(true);
  });

  it("and by nothing else: neither an invalid_client nor a failing server that mentions invalid_grant", () => {
    expect(outcomeOf(oauth(401, "invalid_client"))).toBe("unused");
    expect(outcomeOf(oauth(500, "invalid_grant"))).toBe("unknown");
    expect(isInvalidGrant(new ServerError("no", details("server_error", 400, "invalid_grant")))).toBe(false);
  });
});

describe("a credential is unused", () => {
  it.each([0, 300, 301, 302, 307, 308, 400, 401, 403, 404, 407, 408, 421, 429, 451, 503])(
    "after status %s, in any form of body",
    (status) => {
      expect([html(status), json(status), oauth(status, "temporarily_unavailable")].map(outcomeOf)).toEqual([
        "unused",
        "unused",
        "unused",
      ]);
    },
  );

  it.each<[string, unknown]>([
    ["a connection that was never made", lost("ECONNREFUSED")],
    ["a connect that timed out", lost("ETIMEDOUT", "connect")],
    ["a request that found no slot in the quota", new QuotaError("no slot", details("quota_exceeded"))],
    ["a lock that was lost before the request", new TokenStoreError("lost", true)],
    ["a mistake of the program", new TypeError("no clientId")],
  ])("after %s", (_, error) => {
    expect(outcomeOf(error)).toBe("unused");
  });

  it("where the transport knows that the connection was not made, whatever the cause", () => {
    const error = Object.assign(new ConnectionError("lost", details("connection_failed")), { phase: "connect" });
    expect(outcomeOf(error)).toBe("unused");
  });
});

describe("the outcome is unknown", () => {
  it.each([200, 204, 500, 501, 502, 504, 520, 530, 599])("after status %s, in any form of body", (status) => {
    expect([html(status), json(status), oauth(status, "server_error")].map(outcomeOf)).toEqual([
      "unknown",
      "unknown",
      "unknown",
    ]);
  });

  it.each<[string, unknown]>([
    ["a connection that was reset", lost("ECONNRESET", "read")],
    ["a timeout", new TimeoutError("too slow", details("timeout"))],
    ["a response without a status", new UnexpectedResponseError("cut", details("unexpected_response"))],
    ["an error that is not ours", new Error("?")],
    ["a value that is no error", "?"],
  ])("after %s", (_, error) => {
    expect(outcomeOf(error)).toBe("unknown");
  });
});
