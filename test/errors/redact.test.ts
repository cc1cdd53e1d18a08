import { expect, test } from "vitest";
import { ConnectionError } from "../../src/errors/client-errors.ts";
import { cleanError, redact } from "../../src/errors/redact.ts";

// Forms and encodings are tested in test/base/redact.test.ts.

test("redact removes the fields that the document marks as secret, and known credentials", () => {
  const text = '{"signature_private_key":"abc"} event_api_hash=abc, a%26b';
  expect(redact(text, ["a&b"])).toBe('{"signature_private_key":"[secret]"} event_api_hash=[secret] [secret]');
});

test("cleanError copies a foreign error without the fields that the document marks as secret", () => {
  const error = Object.assign(new Error("failed: password=abc"), { code: "EIO", config: { password: "abc" } });
  expect(cleanError(error)).not.toBe(error);
  expect({ ...cleanError(error), message: cleanError(error).message }).toEqual({
    code: "EIO",
    message: "failed: password=[secret]",
  });
  expect(cleanError(new Error("sent a%26b"), ["a&b"]).message).toBe("sent [secret]");
});

test("cleanError returns an error of this package as it is", () => {
  const own = new ConnectionError("cameras.list could not reach the API", {
    code: "connection_failed",
    retryable: true,
  });
  expect(cleanError(own)).toBe(own);
});
