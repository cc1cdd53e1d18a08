import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Consumer, compile, installPackage, removeConsumer, runProgram, write } from "./consumer.ts";
import { expectQuickStart, QUICK_START } from "./quick-start.ts";

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPackage();
  await write(consumer, "quick-start.ts", QUICK_START);
  await write(consumer, "schema.ts", SCHEMA);
  await write(consumer, "mistake.ts", QUICK_START.replace("limit: 5", 'limit: "5"'));
});

afterAll(() => removeConsumer(consumer));

/** What the entries beside the main one are for. */
const SCHEMA = `
import document from "angelcam-client/openapi.json" with { type: "json" };
import type { components, operations, paths } from "angelcam-client/schema";

const version: string = document.openapi;
const method: paths["/v1/me/"]["get"] = {} as operations["me.get"];
const status: components["schemas"]["Camera"]["status"] = "online";
// A response enum is open: the API may add a value.
const added: components["schemas"]["Camera"]["status"] = "asleep";
// @ts-expect-error a status is a string
const wrong: components["schemas"]["Camera"]["status"] = 5;
console.log(version, typeof method, status, added, wrong);
`;

/** Bun adds a property to the type of `fetch`, which a function of a program does not have. */
const OWN_FETCH = `
import { Angelcam, OAuthSession, refreshTokenGrant } from "angelcam-client";
import { withContract } from "angelcam-client/contract";
import { createSandbox } from "angelcam-client/sandbox";

declare global {
  namespace fetch {
    function preconnect(url: string): void;
  }
}

const logged = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
  console.log(String(input));
  return fetch(input, init);
};
const grant = refreshTokenGrant({ refreshToken: "token" });

export const session = new OAuthSession({ clientId: "id", grant, fetch: logged });
export const own = new Angelcam({ auth: session, fetch: logged });
export const written = new Angelcam({ fetch: (input, init) => fetch(input, { ...init, cache: "no-store" }) });
export const checked = new Angelcam({ fetch: withContract(logged) });
export const inMemory = new Angelcam({ fetch: createSandbox().fetch });
export const usual = new Angelcam({ fetch });
`;

test.each([
  ["nodenext", { module: "nodenext", moduleResolution: "nodenext" }],
  ["bundler", { module: "esnext", moduleResolution: "bundler" }],
])("quick start, schema and document compile strictly and run, with module resolution %s", async (_, options) => {
  const files = ["quick-start.ts", "schema.ts"];
  await compile(consumer, files, { ...options, skipLibCheck: true, resolveJsonModule: true });
  expectQuickStart(await runProgram(consumer, "out/quick-start.js"));
  expect((await runProgram(consumer, "out/schema.js")).stdout).toBe("3.1.0 object online asleep 5\n");
});

test("a mistake does not compile", async () => {
  const compiled = compile(consumer, ["mistake.ts"], { module: "nodenext", skipLibCheck: true });
  await expect(compiled).rejects.toThrow(/mistake\.ts\(10,.*'string' is not assignable to type 'number'/);
});

test("the declarations of the package are sound in themselves, and need no types of Node", async () => {
  await write(consumer, "browser.ts", QUICK_START.replace('process.env.MOCK ?? ""', '"http://localhost:4010"'));
  await compile(consumer, ["browser.ts"], { module: "nodenext", types: [], skipDefaultLibCheck: true });
  expect(await readdir(path.join(consumer.folder, "out"))).toContain("browser.js");
});

test("a function in place of fetch compiles where the global fetch has more properties, as with the types of Bun", async () => {
  await write(consumer, "own-fetch.ts", OWN_FETCH);
  await compile(consumer, ["own-fetch.ts"], { module: "nodenext", types: [], skipLibCheck: true });
  expect(await readdir(path.join(consumer.folder, "out"))).toContain("own-fetch.js");
});
