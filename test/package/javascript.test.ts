import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Consumer, installPackage, ROOT, removeConsumer, runProgram, write } from "./consumer.ts";
import { expectQuickStart, QUICK_START } from "./quick-start.ts";

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPackage();
});

afterAll(() => removeConsumer(consumer));

test("the quick start runs from the installed package", async () => {
  await write(consumer, "quick-start.js", QUICK_START);
  expectQuickStart(await runProgram(consumer, "quick-start.js"));
});

test("the quick start runs in a program that uses require", async () => {
  await write(consumer, "quick-start.cjs", `(async () => {${asCommonJs(QUICK_START)}})();`);
  expectQuickStart(await runProgram(consumer, "quick-start.cjs"));
});

test("every entry gives the same names to require as to import, on a Node that can load ES modules", async () => {
  const { exports } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
  const entries = Object.keys(exports).filter((entry) => !entry.endsWith(".json"));
  expect(entries).toContain(".");
  const program = `
    (async () => {
      for (const entry of ${JSON.stringify(entries)}) {
        const name = "angelcam-client" + entry.slice(1);
        const [required, imported] = [require(name), await import(name)];
        for (const key of Object.keys(imported)) {
          if (required[key] !== imported[key]) throw new Error(name + " has another " + key);
        }
        console.log(entry, Object.keys(required).sort().join() === Object.keys(imported).sort().join());
      }
    })();`;
  await write(consumer, "entries.cjs", program);
  const { stdout } = await runProgram(consumer, "entries.cjs");
  expect(stdout.trim().split("\n")).toEqual(entries.map((entry) => `${entry} true`));
});

test("the document is there to import", async () => {
  const program = `
    import document from "angelcam-client/openapi.json" with { type: "json" };
    console.log(JSON.stringify([document.openapi, Object.keys(document.paths).includes("/v1/me/")]));`;
  await write(consumer, "document.js", program);
  expect(JSON.parse((await runProgram(consumer, "document.js")).stdout)).toEqual(["3.1.0", true]);
});

test("every name of the public face is exported", async () => {
  await write(consumer, "names.js", 'console.log(JSON.stringify(Object.keys(await import("angelcam-client"))));');
  const names = JSON.parse((await runProgram(consumer, "names.js")).stdout);
  expect(names).toEqual(
    expect.arrayContaining([
      "Angelcam",
      "OAuthSession",
      "passwordGrant",
      "authorizationCodeGrant",
      "refreshTokenGrant",
      "personalAccessToken",
      "bearerToken",
      "memoryTokenStore",
      "AngelcamError",
      "ApiError",
      "BadRequestError",
      "AuthenticationError",
      "PermissionDeniedError",
      "NotFoundError",
      "RateLimitError",
      "ServerError",
      "QuotaError",
      "OAuthError",
      "ConnectionError",
      "TimeoutError",
      "UnexpectedResponseError",
    ]),
  );
});

test("what is not a part of the public face cannot be imported", async () => {
  const program = `
    const code = (reason) => reason.code;
    console.log(await import("angelcam-client/dist/package/src/transport/transport.js").then(() => "open", code));`;
  await write(consumer, "private.js", program);
  expect((await runProgram(consumer, "private.js")).stdout.trim()).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
});

function asCommonJs(program: string): string {
  return program.replace(/import (\{[^}]+\}) from ("[^"]+");/, "const $1 = require($2);");
}
