import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { childrenOf, isAlive, type Script, startScript } from "./script.ts";

// Runs Vitest with a test that has servers and never ends, and looks at what is left of them.

const RUN = ["node_modules/vitest/vitest.mjs", "run", "--config", "test/support/fixtures/vitest.config.ts"];

/** Starts the run. Returns the processes of its servers, once all of them are there. */
async function startServers(testTimeout: number): Promise<{ run: Script; servers: number[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-children-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, "processes.json");
  const run = startScript(RUN, { PROCESSES: file, TEST_TIMEOUT: String(testTimeout), TMPDIR: folder });
  const read = () => readFile(file, "utf8").catch(() => "");
  await Promise.race([
    expect.poll(read, { timeout: 240_000 }).toMatch(/\]$/),
    run.ended.then(() => Promise.reject(new Error(`the run ended before its servers were there:\n${run.stdout()}`))),
  ]);
  const servers = JSON.parse(await read()) as number[];
  // The sandbox, a fixture, Redis, the mock and its Prism, a Prism, a Prism as proxy, a browser; and a watcher for most.
  expect(servers.filter(isAlive).length).toBeGreaterThanOrEqual(12);
  return { run, servers };
}

test("no process survives a Vitest that is killed", { timeout: 400_000 }, async () => {
  const { run, servers } = await startServers(600_000);
  run.kill("SIGKILL");
  await expect.poll(() => servers.filter(isAlive), { timeout: 60_000 }).toEqual([]);
});

test("no process survives a worker that is killed", { timeout: 400_000 }, async () => {
  const { run, servers } = await startServers(600_000);
  const all = await Promise.all(
    (await childrenOf(run.pid)).map(async (id) => ({ id, children: await childrenOf(id) })),
  );
  const worker = all.find(({ children }) => children.some((id) => servers.includes(id)));
  process.kill(worker?.id ?? 0, "SIGKILL");
  await expect.poll(() => servers.filter(isAlive), { timeout: 60_000 }).toEqual([]);
});

test("no process survives a test whose time is up", { timeout: 400_000 }, async () => {
  const { run, servers } = await startServers(5_000);
  expect((await run.ended).code).toBe(1);
  expect(run.stdout() + run.stderr()).toContain("Test timed out in 5000ms");
  await expect.poll(() => servers.filter(isAlive), { timeout: 60_000 }).toEqual([]);
});
