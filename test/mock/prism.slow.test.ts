import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startPrism } from "../../src/mock/prism.ts";
import { PrismError } from "../../src/mock/prism-error.ts";
import { isAlive } from "../support/script.ts";

const DOCUMENT = path.resolve(import.meta.dirname, "../../generated/openapi.json");

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "angelcam-prism-test-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("a mock listens when it is there, and at the end of its block it is gone and leaves no file lying about", async () => {
  vi.stubEnv("TMPDIR", folder);
  const before = await readdir(folder);
  let place: { origin: string; pid: number } | undefined;
  let output = "";
  const onOutput = (text: string) => {
    output += text;
  };
  {
    await using prism = await startPrism({ document: DOCUMENT, log: "info", onOutput });
    place = prism;
    expect((await fetch(`${prism.origin}/v1/me/`, { headers: { Authorization: "Bearer x" } })).status).toBe(200);
    // Its log is passed on.
    await expect.poll(() => output).toContain("/v1/me/");
    expect(await readdir(folder)).not.toEqual(before);
  }
  expect(isAlive(place.pid)).toBe(false);
  await expect(fetch(place.origin)).rejects.toThrow("fetch failed");
  expect(await readdir(folder)).toEqual(before);
});

test("a mock that was stopped twice, or that ended by itself, is simply gone", async () => {
  const prism = await startPrism({ document: DOCUMENT });
  process.kill(prism.pid, "SIGKILL");
  expect(await prism.exited).toEqual({ code: null, signal: "SIGKILL" });
  await prism.stop();
  await prism.stop();
  expect(isAlive(prism.pid)).toBe(false);
});

test("a taken port is named", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const start = startPrism({ document: DOCUMENT, port });
  await expect(start).rejects.toThrow(PrismError);
  await expect(start).rejects.toMatchObject({
    code: "port-taken",
    message: `Port ${port} is taken by another program. Choose another one, or 0 for any free one.`,
  });
  other.close();
});

test("a document that is not there is named, with the command that makes it", async () => {
  await expect(startPrism({ document: path.join(folder, "none.json") })).rejects.toThrow(
    `There is no document ${path.join(folder, "none.json")}. Make it with: npm run generate`,
  );
});

test("a document that Prism cannot read fails with what Prism said, and without its help", async () => {
  const document = path.join(folder, "broken.json");
  await writeFile(document, '{ "openapi": "3.1.0", "paths": {} }');
  const start = startPrism({ document });
  await expect(start).rejects.toMatchObject({ code: "not-started" });
  await expect(start).rejects.toThrow(/^The mock ended with code 1 before it listened\.(.|\n)*No operations found/);
  await expect(start).rejects.not.toThrow(/--multiprocess/);
});

test("an abort ends the start, and what it has started", async () => {
  const stop = new AbortController();
  const start = startPrism({ document: DOCUMENT, signal: stop.signal });
  stop.abort(new Error("enough"));
  await expect(start).rejects.toThrow("enough");
  await expect(startPrism({ document: DOCUMENT, signal: stop.signal })).rejects.toThrow("enough");
});
