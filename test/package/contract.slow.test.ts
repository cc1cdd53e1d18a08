import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Consumer, compile, installPackage, removeConsumer, runProgram, write } from "./consumer.ts";

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPackage();
});

afterAll(() => removeConsumer(consumer));

const PROGRAM = `
import { Angelcam, personalAccessToken } from "angelcam-client";
import { formatReport, withContract } from "angelcam-client/contract";
import { createSandbox } from "angelcam-client/sandbox";

const sandbox = createSandbox();
const fetch = withContract(sandbox.fetch, { mode: "report" });
const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
await new Angelcam({ auth, fetch }).cameras.list({ limit: 5 });
await fetch("https://api.angelcam.com/v1/cameras?limt=5");
console.log(formatReport(fetch.contract));
`;

test("the contract compiles and works where nothing but the package is installed", async () => {
  await write(consumer, "contract.ts", PROGRAM);
  await compile(consumer, ["contract.ts"], { module: "nodenext", skipLibCheck: true });
  const { stdout } = await runProgram(consumer, "out/contract.js");
  expect(stdout).toContain('query limt: is not in the document, got "5". Did you mean "limit"?');
  expect(stdout).toContain("lacks the slash at its end");
  expect(stdout).toContain("2 requests, 2 responses: ");
});

test("the package's bundle finds a broken escape in a query and in a form: bundlers drop calls whose result nobody uses", async () => {
  const lines = [
    'import { createContract } from "angelcam-client/contract";',
    "const contract = createContract();",
    'const headers = { Authorization: "Bearer x", "Content-Type": "application/x-www-form-urlencoded" };',
    'contract.checkRequest({ method: "GET", url: "https://api.angelcam.com/v1/cameras/?tags=%E9", headers });',
    'const token = { method: "POST", url: "https://my.angelcam.com/oauth/token/", headers, bodyText: "client_id=%zz" };',
    "contract.checkRequest(token);",
    "console.log(contract.violations.map(({ message }) => message).join());",
  ];
  await write(consumer, "escapes.mjs", lines.join("\n"));
  const { stdout } = await runProgram(consumer, "escapes.mjs");
  expect(stdout).toContain("query tags: is not percent-encoded UTF-8");
  expect(stdout).toContain("body: has a broken % escape");
});

test("it costs nothing where it is not imported", async () => {
  expect(await modulesOf('export * from "angelcam-client";')).not.toContainEqual(expect.stringContaining("/contract/"));
  expect(await modulesOf('export * from "angelcam-client/contract";')).toContainEqual(
    expect.stringContaining("/contract/"),
  );
});

/** The modules that a bundler takes in. */
async function modulesOf(contents: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents, resolveDir: consumer.folder },
    absWorkingDir: path.resolve(consumer.folder),
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    metafile: true,
  });
  return Object.keys(metafile.inputs);
}
