import { expect, test } from "vitest";
import { packageAlias, testsOnThePackage } from "./on-the-package.ts";

const replaced = (specifier: string) => specifier.replace(packageAlias.find, "<$1index.js>");

test.each([
  ["../src/index.ts", "<index.js>"],
  ["../../../src/redis/index.ts", "<redis/index.js>"],
  ["../../src/helpers/live-stream/index.ts", "../../src/helpers/live-stream/index.ts"],
  ["../../src/base/abort.ts", "../../src/base/abort.ts"],
])("an import of %s leads to %s", (specifier, expected) => {
  expect(replaced(specifier)).toBe(expected);
});

test("a test that imports a file inside src is not among those that run on the package", () => {
  const files = testsOnThePackage("test/{client,transport}/**/*.test.ts");
  expect(files).toContain("test/transport/retry.test.ts");
  expect(files).toContain("test/client/pagination/pages.test.ts");
  expect(files).not.toContain("test/transport/fetch-response.test.ts");
  expect(files).not.toContain("test/client/pagination/position.test.ts");
});
