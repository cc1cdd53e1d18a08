import { spawnSync } from "node:child_process";
import path from "node:path";
import { inspect } from "node:util";
import { expect, it } from "vitest";
import { fileTokenStore } from "../../src/node/index.ts";
import { temporaryFolder, tokensOf } from "./support.ts";

const good = tokensOf(7);
const invalid: [name: string, tokens: unknown][] = [
  ["null", null],
  ["an empty object", {}],
  ["no access token", { ...good, accessToken: undefined }],
  ["a number for an access token", { ...good, accessToken: 7 }],
  ["a line break in a refresh token", { ...good, refreshToken: "secret\nvalue" }],
  ["null for a refresh token", { ...good, refreshToken: null }],
  ["an expiry that is no number", { ...good, expiresAt: Number.NaN }],
  ["an expiry without an end", { ...good, expiresAt: Number.POSITIVE_INFINITY }],
  ["a list of scopes", { ...good, scope: ["cameras"] }],
];

it.each(invalid)(
  "a write of tokens with %s is a TypeError without a value, and keeps the ones before",
  async (_, tokens) => {
    const store = fileTokenStore(path.join(temporaryFolder(), "tokens.json"));
    await store.write(good);
    const error = await store.write(tokens as never).catch((reason) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect(inspect(error)).toContain("tokens to write are invalid");
    expect(inspect(error)).not.toContain("secret");
    expect(await store.read()).toEqual(good);
  },
);

it.runIf(process.getuid?.() === 0)("a folder that is closed while the lock is held ends in a TokenStoreError", () => {
  const fixture = new URL("fixtures/closed-folder.ts", import.meta.url).pathname;
  const file = path.join(temporaryFolder(), "tokens.json");
  const run = spawnSync(process.execPath, [fixture, file], { encoding: "utf8" });
  expect(run.stdout.trim().split("\n")).toEqual(["write TokenStoreError", "verify TokenStoreError"]);
});
