import { describe, expect, it } from "vitest";
import type { Operation } from "../../generated/operations.ts";
import { isRetryable, type RetryOptions, retryDefaults, toRetryPolicy } from "../../src/errors/retry-policy.ts";

const delays = { baseDelay: 500, maxDelay: 20_000 };
const lists = { methods: ["GET", "PUT", "DELETE"], statuses: [429, 500, 502, 503, 504] };

describe("toRetryPolicy", () => {
  it.each<[string, RetryOptions | false | undefined, object]>([
    ["fills in every default", undefined, { attempts: 3, ...lists, ...delays }],
    ["fills in what is missing", { attempts: 5 }, { attempts: 5, ...lists, ...delays }],
    [
      "accepts the smallest values",
      { attempts: 1, methods: [], statuses: [], baseDelay: 0, maxDelay: 0 },
      { attempts: 1, methods: [], statuses: [], baseDelay: 0, maxDelay: 0 },
    ],
    [
      "treats undefined as left out",
      { attempts: undefined, baseDelay: undefined, methods: undefined, maxDelay: 1 },
      { attempts: 3, ...lists, baseDelay: 500, maxDelay: 1 },
    ],
    ["makes a single attempt for false", false, { attempts: 1, ...lists, ...delays }],
  ])("%s", (_, retry, expected) => {
    expect(toRetryPolicy(retry)).toEqual(expected);
  });

  it.each<[unknown, Error]>([
    [{ attempts: 0 }, new RangeError("retry.attempts must be a whole number from 1, got 0")],
    [{ attempts: 1.5 }, new RangeError("retry.attempts must be a whole number from 1, got 1.5")],
    [{ attempts: "3" }, new TypeError('retry.attempts must be a whole number from 1, got "3"')],
    [{ baseDelay: -1 }, new RangeError("retry.baseDelay must be a number from 0 to Infinity, got -1")],
    [{ maxDelay: Number.NaN }, new RangeError("retry.maxDelay must be a number from 0 to Infinity, got NaN")],
    [{ methods: "GET" }, new TypeError('retry.methods must be a list, got "GET"')],
    [{ statuses: 503 }, new TypeError("retry.statuses must be a list, got 503")],
    [{ methods: ["GET", "put"] }, new TypeError('retry.methods must be in capitals, such as GET, got "put"')],
    [{ statuses: ["503"] }, new TypeError('retry.statuses must be a whole number from 100 to 599, got "503"')],
    [{ statuses: [5] }, new RangeError("retry.statuses must be a whole number from 100 to 599, got 5")],
    [
      { retries: 5 },
      new TypeError('unknown retry option "retries". Known: attempts, methods, statuses, baseDelay, maxDelay.'),
    ],
    [5, new TypeError("retry must be false or an object such as { attempts: 3 }, got 5")],
    [null, new TypeError("retry must be false or an object such as { attempts: 3 }, got null")],
  ])("rejects %j", (retry, error) => {
    expect(() => toRetryPolicy(retry as RetryOptions)).toThrow(error);
  });

  it("accepts Infinity as maxDelay: the deadline alone ends such a pause", () => {
    expect(toRetryPolicy({ maxDelay: Number.POSITIVE_INFINITY }).maxDelay).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("isRetryable", () => {
  const statuses = [200, 301, 400, 401, 403, 404, 408, 409, 429, 500, 501, 502, 503, 504, 505];

  it.each<[string, Pick<Operation, "method" | "retry">, number[], boolean]>([
    ["a GET", { method: "GET" }, [429, 500, 502, 503, 504], true],
    ["a PUT, except after a 500, which may have done half of the work", { method: "PUT" }, [429, 502, 503, 504], true],
    ["a DELETE, like a PUT", { method: "DELETE" }, [429, 502, 503, 504], true],
    [
      "a POST marked if_rejected, only after a response that means that the request had no effect",
      { method: "POST", retry: "if_rejected" },
      [429, 503],
      false,
    ],
    ["a POST marked always, like a PUT", { method: "POST", retry: "always" }, [429, 502, 503, 504], true],
    ["no other POST", { method: "POST" }, [], false],
    ["no GET that is marked never", { method: "GET", retry: "never" }, [], false],
  ])("is true for %s", (_, operation, expected, afterLostConnection) => {
    expect(statuses.filter((status) => isRetryable(operation, status))).toEqual(expected);
    expect(isRetryable(operation, undefined)).toBe(afterLostConnection);
  });

  it("follows the policy of the caller, but never against the mark of the spec", () => {
    const policy = { ...retryDefaults, methods: ["POST"], statuses: [503] };
    expect(statuses.filter((status) => isRetryable({ method: "POST" }, status, policy))).toEqual([503]);
    expect(isRetryable({ method: "GET" }, 503, policy)).toBe(false);
    expect(isRetryable({ method: "POST", retry: "never" }, 503, policy)).toBe(false);
  });
});
