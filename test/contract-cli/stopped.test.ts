import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../../src/contract-cli/main.ts";
import type { Report } from "../../src/contract-cli/report.ts";
import { createSandbox, type Sandbox, type SandboxListener } from "../../src/sandbox/index.ts";
import { endWithTest } from "../support/end-with-test.ts";
import { COMMAND } from "./command.ts";

// Ctrl+C, or the SIGTERM with which a pipeline cancels a job: what is known by then is reported.

let sandbox: Sandbox;
let server: SandboxListener;
let folder: string;

beforeEach(async () => {
  sandbox = createSandbox({ quota: false, cameras: 3 });
  server = await sandbox.listen();
  folder = await mkdtemp(path.join(tmpdir(), "angelcam-stopped-"));
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Runs the command until it is stopped, which happens as soon as `until` resolves. It is handed the complaints so far. */
async function run(words: readonly string[], until: (complaints: readonly string[]) => Promise<void>) {
  const junit = path.join(folder, "junit.xml");
  await writeFile(junit, "stale, and green");
  const [printed, complaints]: [string[], string[]] = [[], []];
  const code = await main([...words, "--junit", junit], {
    environment: {},
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
    untilStopped: () => until(complaints),
  });
  const junitText = await readFile(junit, "utf8").catch(() => "");
  return { code, stdout: printed.join("\n"), stderr: complaints.join("\n"), junit: junitText };
}

/** Resolves once a request hangs. */
const hanging = () => expect.poll(() => sandbox.count({ fault: "hang" })).toBe(1);

describe("a run that is stopped", () => {
  test("of --explore fails, and its report says so", async () => {
    sandbox.faults.add({ kind: "hang", operation: "cameras.list" });
    const { code, stdout, junit } = await run(["--explore", "--seed", "7", "--server", server.origin], hanging);
    expect([code, junit]).toEqual([1, expect.stringContaining("the run was stopped")]);
    expect(stdout).toMatch(/operations were not called, because the run was stopped: /);
  });

  test("of workflows fails, ends redocly, and its report says so", { timeout: 120_000 }, async () => {
    sandbox.faults.add({ kind: "hang", operation: "cameras.list" });
    const { code, junit } = await run(["--server", server.origin], hanging);
    expect(code).toBe(1);
    expect(junit.match(/<failure message="the run was stopped"/g)?.length).toBeGreaterThan(1);
  });

  test.each([
    ["--explore", "--server"],
    ["proxy", "--target"],
  ])("of %s while it waits for its server has not begun", async (...words) => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    const origin = await new Promise<string>((resolve) => {
      silent.once("listening", () => resolve(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`));
    });
    const { code, stderr, junit } = await run([...words, origin], async () => {});
    silent.closeAllConnections();
    silent.close();
    const sentence = `It was stopped before ${origin} had responded.`;
    expect([code, stderr, junit]).toEqual([2, sentence, expect.stringContaining(sentence)]);
  });

  test("while it waits out a 429 waits no longer", async () => {
    sandbox.faults.add({ operation: "cameras.list", status: 429, retryAfter: 3600, times: Number.POSITIVE_INFINITY });
    const waited = (complaints: readonly string[]) => expect.poll(() => complaints.length).toBe(1);
    const words = ["--explore", "--seed", "7", "--timeout", "7200", "--server", server.origin];
    const { code, stderr } = await run(words, waited);
    expect([code, stderr]).toEqual([1, "The server requests a pause of 3600 s (429). Waiting."]);
  });
});

test("a run whose output nobody reads any more, such as | head -1, ends as it should and writes its report", async () => {
  const json = path.join(folder, "report.json");
  const words = ["--explore", "--seed", "7", "--server", server.origin, "--json", json];
  const child = spawn(process.execPath, [COMMAND, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  endWithTest(child);
  child.stdout.once("data", () => child.stdout.destroy());
  const [code] = await once(child, "exit");
  const report = JSON.parse(await readFile(json, "utf8")) as Report;
  expect([code, report.passed]).toEqual([0, true]);
});
