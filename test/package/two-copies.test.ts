import { afterAll, beforeAll, expect, test } from "vitest";
import { type Consumer, installPackage, removeConsumer, runProgram, write } from "./consumer.ts";

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPackage();
});

afterAll(() => removeConsumer(consumer));

test("an error of the client that was required is an instance of the classes that were imported, and the other way round", async () => {
  const program = `
import { createRequire } from "node:module";
import * as imported from "angelcam-client";
const required = createRequire(import.meta.url)("angelcam-client");
const fetch = async () => Response.json({ title: "Not found", detail: "" }, { status: 404 });
for (const [made, other] of [[required, imported], [imported, required]]) {
  const client = new made.Angelcam({ auth: made.personalAccessToken("token"), fetch });
  const error = await client.cameras.get(7).catch((reason) => reason);
  const names = Object.keys(other).filter((name) => name.endsWith("Error") && error instanceof other[name]);
  console.log(made.AngelcamError !== other.AngelcamError, names.join());
}`;
  await write(consumer, "client.mjs", program);
  const { stdout } = await runProgram(consumer, "client.mjs");
  expect(stdout.trim().split("\n")).toEqual(Array(2).fill("true AngelcamError,ApiError,NotFoundError"));
});

test("an error of an entry that was required alone is an AngelcamError of the client that was imported", async () => {
  const program = `
import { createRequire } from "node:module";
import { AngelcamError, TokenStoreError } from "angelcam-client";
const require = createRequire(import.meta.url);
const { verifyWebhook } = require("angelcam-client/webhooks");
const { fileTokenStore } = require("angelcam-client/node");
const request = new Request("https://example.com/", { method: "POST", body: "{}" });
const errors = [
  await verifyWebhook(request, "key").catch((reason) => reason),
  await fileTokenStore("/dev/null/tokens.json").read().catch((reason) => reason),
];
console.log(errors.map((error) => [error.name, error instanceof AngelcamError, error instanceof TokenStoreError].join()).join(" "));`;
  await write(consumer, "entries.mjs", program);
  const { stdout } = await runProgram(consumer, "entries.mjs");
  expect(stdout.trim()).toBe("WebhookError,true,false TokenStoreError,true,true");
});
