import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inspect } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { AngelcamError } from "../../src/index.ts";
import { fileTokenStore, TokenStoreError } from "../../src/node/index.ts";
import { temporaryFolder, tokensOf } from "./support.ts";

const fileIn = (folder: string) => path.join(folder, "tokens.json");
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe("tokens in a file", () => {
  it("are undefined as long as there is no file, and no folder", async () => {
    expect(await fileTokenStore(fileIn(temporaryFolder())).read()).toBeUndefined();
    expect(await fileTokenStore(path.join(temporaryFolder(), "none", "tokens.json")).read()).toBeUndefined();
  });

  it("come back where the errors of Node are no instances of Error, as in Jest", async () => {
    const isInstance = Function.prototype[Symbol.hasInstance];
    Object.defineProperty(Error, Symbol.hasInstance, {
      configurable: true,
      value(this: unknown, error: unknown) {
        return this !== Error && isInstance.call(this, error);
      },
    });
    onTestFinished(() => void Reflect.deleteProperty(Error, Symbol.hasInstance));
    const store = fileTokenStore(path.join(temporaryFolder(), "none", "tokens.json"));
    expect(await store.read()).toBeUndefined();
    await store.write(tokensOf(1));
    expect(await store.read()).toEqual(tokensOf(1));
  });

  it.each([
    ["all of them", tokensOf(1, "read write")],
    ["without a refresh token and a scope", { ...tokensOf(1), refreshToken: undefined, scope: undefined }],
  ])("come back as they were written: %s", async (_, tokens) => {
    const file = fileIn(temporaryFolder());
    await fileTokenStore(file).write(tokens);
    expect(await fileTokenStore(file).read()).toStrictEqual(tokens);
  });

  it("are those of the last write", async () => {
    const store = fileTokenStore(fileIn(temporaryFolder()));
    for (const number of [1, 2, 3]) await store.write(tokensOf(number));
    expect(await store.read()).toEqual(tokensOf(3));
  });

  it("stay where they are when the program changes its working folder", async () => {
    const folder = temporaryFolder();
    const before = process.cwd();
    onTestFinished(() => process.chdir(before));
    process.chdir(folder);
    const store = fileTokenStore("tokens.json");
    process.chdir(before);
    await store.write(tokensOf(1));
    expect(existsSync(fileIn(folder))).toBe(true);
  });

  it.each(["tokens.json", "a", ".hidden", "with space & ünicode_1.json", "x#12.lock"])(
    "may have any name: %s",
    async (name) => {
      const folder = temporaryFolder();
      const store = fileTokenStore(path.join(folder, name));
      await store.write(tokensOf(1));
      expect(await store.read()).toEqual(tokensOf(1));
      expect(readdirSync(folder)).toEqual([name]);
    },
  );

  it("bear the number of their format, so that a later release knows what it reads", async () => {
    const file = fileIn(temporaryFolder());
    await fileTokenStore(file).write(tokensOf(1));
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ format: "angelcam-client/tokens", version: 1 });
  });
});

describe.skipIf(process.platform === "win32")("the file is private", () => {
  it.each([0o000, 0o022, 0o077])("also with the umask %o", async (umask) => {
    const folder = path.join(temporaryFolder(), "deep", "down");
    const before = process.umask(umask);
    onTestFinished(() => void process.umask(before));
    await fileTokenStore(fileIn(folder)).write(tokensOf(1));
    expect(modeOf(fileIn(folder))).toBe("600");
    expect(modeOf(folder)).toBe("700");
    expect(modeOf(path.dirname(folder))).toBe("700");
  });

  it("once it was read, however open it was", async () => {
    const file = fileIn(temporaryFolder());
    const store = fileTokenStore(file);
    await store.write(tokensOf(1));
    chmodSync(file, 0o644);
    expect(await store.read()).toEqual(tokensOf(1));
    expect(modeOf(file)).toBe("600");
  });

  it("once it was written, however open the one before was", async () => {
    const file = fileIn(temporaryFolder());
    const store = fileTokenStore(file);
    await store.write(tokensOf(1));
    chmodSync(file, 0o666);
    await store.write(tokensOf(2));
    expect(modeOf(file)).toBe("600");
  });

  it("and a folder that was there keeps its mode", async () => {
    const folder = path.join(temporaryFolder(), "shared");
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    await fileTokenStore(fileIn(folder)).write(tokensOf(1));
    expect(modeOf(folder)).toBe("755");
  });
});

describe("a file that holds no tokens", () => {
  const secret = "s3cr3t-in-the-file";
  const good = { format: "angelcam-client/tokens", version: 1, tokens: { ...tokensOf(1), accessToken: secret } };
  const contents: [string, string, string][] = [
    ["empty", "", "not a token file"],
    ["cut off", JSON.stringify(good).slice(0, 120), "not a token file"],
    ["plain text", `password=${secret}`, "not a token file"],
    ["foreign JSON", JSON.stringify({ access_token: secret }), "not a token file"],
    ["null", "null", "not a token file"],
    ["a large foreign file", JSON.stringify(good) + " ".repeat(200_000), "not a token file"],
    ["from a later release", JSON.stringify({ ...good, version: 2 }), "Update angelcam-client"],
    ["without tokens", JSON.stringify({ ...good, tokens: undefined }), "its tokens are damaged"],
    ["with half of its tokens", JSON.stringify({ ...good, tokens: { accessToken: secret } }), "its tokens are damaged"],
    ["with a number for a token", JSON.stringify({ ...good, tokens: { ...good.tokens, refreshToken: 7 } }), "damaged"],
  ];

  it.each(contents)("is an error that names it and says what to do: %s", async (_, content, says) => {
    const file = fileIn(temporaryFolder());
    writeFileSync(file, content);
    const error = await fileTokenStore(file)
      .read()
      .then(undefined, (reason) => reason);
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(error).toBeInstanceOf(AngelcamError);
    expect(error).toMatchObject({ code: "token_store_failed", retryable: false });
    expect(error.message).toContain(file);
    expect(error.message).toContain(says);
    expect(error.message).toMatch(/sign in again\.$/);
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + error.stack).not.toContain(secret);
    expect(readFileSync(file, "utf8")).toBe(content);
  });

  it("is replaced when tokens are written", async () => {
    const file = fileIn(temporaryFolder());
    writeFileSync(file, "broken");
    await fileTokenStore(file).write(tokensOf(2));
    expect(await fileTokenStore(file).read()).toEqual(tokensOf(2));
  });

  it.each(["read", "write"] as const)("is named too when the system does not let it %s", async (method) => {
    const file = fileIn(temporaryFolder());
    mkdirSync(file);
    const error = await fileTokenStore(file)
      [method](tokensOf(1))
      .then(undefined, (reason) => reason);
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(error.message).toContain(`Cannot ${method} the token file ${file}: `);
    expect(readdirSync(path.dirname(file))).toEqual(["tokens.json"]);
  });
});

describe("a store", () => {
  it("shows its path and no token when it is logged", async () => {
    const file = fileIn(temporaryFolder());
    const store = fileTokenStore(file);
    await store.lock(async () => {
      await store.write(tokensOf(1));
      await store.read();
      expect(inspect(store, { depth: 9, showHidden: true })).toContain(file);
      expect(inspect(store, { depth: 9, showHidden: true })).not.toMatch(/access-1|refresh-1/);
      expect(JSON.parse(JSON.stringify(store))).toEqual({ path: file });
    });
  });

  it.each([undefined, "", 7, new URL("file:///tokens.json")])("needs a path, not %s", (file) => {
    expect(() => fileTokenStore(file as string)).toThrow(TypeError);
  });

  it.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])("does not wait for %s milliseconds", (lockTimeout) => {
    expect(() => fileTokenStore("tokens.json", { lockTimeout })).toThrow(RangeError);
  });
});
