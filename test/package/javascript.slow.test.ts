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

test("every entry exports the same names to require as to import", async () => {
  const entries = await entriesOf();
  const program = `
    (async () => {
      for (const entry of ${JSON.stringify(entries)}) {
        const name = "angelcam-client" + entry.slice(1);
        // Named imports of the CommonJS file as well: Node reads its names without running it.
        const formats = [require(name), await import(name), await import(require.resolve(name))];
        const [required, imported, interop] = formats.map((names) =>
          Object.keys(names).filter((key) => !["default", "module.exports", "__esModule"].includes(key)).sort().join());
        console.log(entry, required === imported, interop === imported);
      }
    })();`;
  await write(consumer, "entries.cjs", program);
  const { stdout } = await runProgram(consumer, "entries.cjs");
  expect(stdout.trim().split("\n")).toEqual(entries.map((entry) => `${entry} true true`));
});

test("require loads CommonJS files alone", async () => {
  const program = `
    for (const entry of ${JSON.stringify(await entriesOf())}) require("angelcam-client" + entry.slice(1));
    const loaded = Object.keys(require.cache).filter((file) => file !== __filename);
    const own = loaded.filter((file) => file.includes("angelcam-client/dist"));
    console.log(own.length > 8, JSON.stringify(own.filter((file) => !/\\.(cjs|json)$/.test(file))));
    console.log(JSON.stringify(loaded.filter((file) => file.endsWith(".mjs"))));`;
  await write(consumer, "loaded.cjs", program);
  const { stdout } = await runProgram(consumer, "--no-experimental-require-module", "loaded.cjs");
  expect(stdout.trim().split("\n")).toEqual(["true []", "[]"]);
});

test("the import loads two files, and none of the parts that Node keeps for later: fetch and performance", async () => {
  const program = `
    const touched = [];
    for (const name of ["fetch", "Request", "Response", "Headers", "performance", "crypto"]) {
      const { get } = Object.getOwnPropertyDescriptor(globalThis, name);
      Object.defineProperty(globalThis, name, { configurable: true, get: () => (touched.push(name), get?.call(globalThis)) });
    }
    const { Angelcam } = require("angelcam-client");
    console.log(JSON.stringify(touched));
    console.log(Object.keys(require.cache).filter((file) => file.includes("angelcam-client/dist")).length);
    new Angelcam().me.get({ deadline: 1 }).catch(() => console.log(touched.includes("performance")));`;
  await write(consumer, "touched.cjs", program);
  const { stdout } = await runProgram(consumer, "touched.cjs");
  expect(stdout.trim().split("\n")).toEqual(["[]", "2", "true"]);
});

test.each([
  ["import", "entries.mjs", (name: string) => `await import(${JSON.stringify(name)})`],
  ["require", "errors.cjs", (name: string) => `require(${JSON.stringify(name)})`],
])("with %s an error of every entry is an AngelcamError of the main one", async (_, file, load) => {
  const program = `
    (async () => {
      const main = ${load("angelcam-client")};
      const { TokenStoreError } = ${load("angelcam-client/node")};
      const redis = ${load("angelcam-client/redis")};
      const { WebhookError } = ${load("angelcam-client/webhooks")};
      const { ContractError } = ${load("angelcam-client/contract")};
      console.log(redis.TokenStoreError === TokenStoreError, redis.TokenStoreError !== undefined);
      for (const kind of [TokenStoreError, WebhookError, ContractError, main.ApiError, main.ClipError]) {
        console.log(kind.name, kind.prototype instanceof main.AngelcamError);
      }
    })();`;
  await write(consumer, file, program);
  const { stdout } = await runProgram(consumer, file);
  expect(stdout.trim().split("\n")).toEqual([
    "true true",
    ...["TokenStoreError", "WebhookError", "ContractError", "ApiError", "ClipError"].map((name) => `${name} true`),
  ]);
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

/** The entries that are code: `.`, `./node`. */
async function entriesOf(): Promise<string[]> {
  const { exports } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
  const entries = Object.keys(exports).filter((entry) => !entry.endsWith(".json"));
  expect(entries).toContain(".");
  return entries;
}

function asCommonJs(program: string): string {
  return program.replace(/import (\{[^}]+\}) from ("[^"]+");/, "const $1 = require($2);");
}
