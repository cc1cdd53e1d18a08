import { expect, test } from "vitest";
import { AngelcamError } from "../../src/errors/angelcam-error.ts";
import { brandErrors } from "../../src/errors/brand-errors.ts";

/** The classes as one copy of the package has them. */
function copyOfPackage() {
  class Base extends AngelcamError {}
  class NotFoundError extends Base {}
  class QuotaError extends Base {}
  brandErrors({ Base, NotFoundError, QuotaError });
  return { Base, NotFoundError, QuotaError };
}

const [here, there] = [copyOfPackage(), copyOfPackage()];
const details = { code: "not_found", retryable: false } as const;

test("an error of another copy is an instance of its class and of those above, and of no other", () => {
  const error = new there.NotFoundError("gone", details);
  expect(error instanceof here.NotFoundError).toBe(true);
  expect(error instanceof here.Base).toBe(true);
  expect(error instanceof here.QuotaError).toBe(false);
  expect(new there.Base("any", details) instanceof here.NotFoundError).toBe(false);
});

test("a class of the program that extends one knows its own errors alone, and they are errors of every copy", () => {
  class CameraGone extends here.NotFoundError {}
  expect(new here.NotFoundError("gone", details) instanceof CameraGone).toBe(false);
  expect(new there.NotFoundError("gone", details) instanceof CameraGone).toBe(false);
  const own = new CameraGone("gone", details);
  expect([own instanceof CameraGone, own instanceof here.NotFoundError, own instanceof there.Base]).toEqual([
    true,
    true,
    true,
  ]);
});

test.each([null, undefined, 7, "NotFoundError", {}, new Error("NotFoundError")])("%s is no instance", (value) => {
  expect((value as unknown) instanceof here.NotFoundError).toBe(false);
});

test("classes that are branded twice, by two entries of one copy, stay as they are", () => {
  brandErrors(here);
  expect(new here.QuotaError("full", details) instanceof there.QuotaError).toBe(true);
});
