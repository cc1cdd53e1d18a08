import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { foreignErrors } from "../../scripts/shared/gates/foreign-errors.ts";
import { withTemporaryFolder } from "../../scripts/shared/gates/temporary-folder.ts";
import { ROOT } from "./copy.ts";

const FILE = "src/auth/session.ts";

/** The faults that the gate finds in a package with one file. */
async function check(lines: readonly string[]) {
  return withTemporaryFolder(async (root) => {
    await mkdir(path.join(root, path.dirname(FILE)), { recursive: true });
    await writeFile(path.join(root, FILE), lines.join("\n"));
    return foreignErrors.check(root);
  });
}

test.each([
  ["as a cause", "throw new StoreError('x', true, error);"],
  ["as a cause in options", "throw new Error('x', { cause: error });"],
  ["in an event", "emit({ type: 'token_save_failed', error });"],
  ["in an event, by another name", "emit({ type: 'x', reason: error });"],
  ["on the console", "console.error('x', error);"],
])("a caught error that is kept %s is found", async (_, line) => {
  const fault = "error is kept or logged as it came: pass it to cleanError";
  expect((await check(["try { work(); } catch (error) {", line, "}"])).faults).toEqual([`${FILE}:2: ${fault}`]);
  expect((await check(["work().catch((error) => {", line, "});"])).faults).toEqual([`${FILE}:2: ${fault}`]);
});

test("clean copies, errors that are thrown on, and other values pass", async () => {
  const lines = [
    "try { work(); } catch (error) {",
    "console.error('x', cleanError(error));",
    "emit({ type: 'x', error: cleanError(error) });",
    "if (error instanceof AngelcamError) throw error;",
    "throw new StoreError(error.code, true, cleanError(error));",
    "}",
  ];
  expect(await check(lines)).toEqual({ examined: 1, summary: "1 caught error", faults: [] });
});

test("this package keeps no foreign error", async () => {
  const { examined, faults } = await foreignErrors.check(ROOT);
  expect(faults).toEqual([]);
  expect(examined).toBeGreaterThan(20);
});
