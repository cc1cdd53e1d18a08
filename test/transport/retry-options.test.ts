import { describe, expect, it } from "vitest";
import type { Operation } from "../../src/client/operation.ts";
import { checkRetry, mayRepeatAfter, type RetryOptions } from "../../src/transport/retry-options.ts";
import { exampleOperation } from "./example-call.ts";

describe("checkRetry", () => {
  it.each<[string, RetryOptions | false | undefined, object]>([
    ["fills in every default", undefined, { attempts: 3, baseDelay: 500, maxDelay: 20_000 }],
    ["fills in what is missing", { attempts: 5 }, { attempts: 5, baseDelay: 500, maxDelay: 20_000 }],
    ["takes the least of all", { attempts: 1, baseDelay: 0, maxDelay: 0 }, { attempts: 1, baseDelay: 0, maxDelay: 0 }],
    [
      "takes undefined for left out",
      { attempts: undefined, baseDelay: undefined, maxDelay: 1 },
      { attempts: 3, baseDelay: 500, maxDelay: 1 },
    ],
    ["sends once for false", false, { attempts: 1, baseDelay: 500, maxDelay: 20_000 }],
  ])("%s", (_, retry, expected) => {
    expect(checkRetry(retry)).toEqual(expected);
  });

  it.each<[unknown, Error]>([
    [{ attempts: 0 }, new RangeError("retry.attempts must be a whole number from 1, got 0")],
    [{ attempts: 1.5 }, new RangeError("retry.attempts must be a whole number from 1, got 1.5")],
    [{ attempts: "3" }, new TypeError('retry.attempts must be a whole number from 1, got "3"')],
    [{ baseDelay: -1 }, new RangeError("retry.baseDelay must be a number from 0 to Infinity, got -1")],
    [{ maxDelay: Number.NaN }, new RangeError("retry.maxDelay must be a number from 0 to Infinity, got NaN")],
  ])("refuses %j", (retry, error) => {
    expect(() => checkRetry(retry as RetryOptions)).toThrow(error);
  });

  it("takes a pause without end for one that the deadline alone ends", () => {
    expect(checkRetry({ maxDelay: Number.POSITIVE_INFINITY }).maxDelay).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("mayRepeatAfter", () => {
  const reading: Partial<Operation> = { method: "GET", repeatable: true };
  const replacing: Partial<Operation> = { method: "PUT", repeatable: true };
  const adding: Partial<Operation> = { method: "POST", repeatable: "refused" };
  const once: Partial<Operation> = { method: "POST", repeatable: false };

  it.each<[string, Partial<Operation>, number[]]>([
    ["a GET", reading, [429, 500, 502, 503, 504]],
    ["a PUT that does no harm twice, but not after a failure half way", replacing, [429, 502, 503, 504]],
    ["a POST that was turned away", adding, [429, 503]],
    ["nothing that may be sent once only", once, []],
    ["no GET either, where the document says that twice does harm", { method: "GET", repeatable: false }, []],
  ])("lets %s go again", (_, operation, expected) => {
    const statuses = [200, 301, 400, 401, 403, 404, 408, 409, 429, 500, 501, 502, 503, 504, 505];
    expect(statuses.filter((status) => mayRepeatAfter(status, exampleOperation(operation)))).toEqual(expected);
  });
});
