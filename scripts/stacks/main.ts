import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startRedis, whyNoRedis } from "../../test/redis/redis-server.ts";
import { execute } from "../../test/runtimes/execute.ts";
import { installRuntimes } from "../../test/runtimes/installed.ts";
import { STACKS } from "../../test/stacks/registry.ts";
import { pack, runStack } from "../../test/stacks/run-stack.ts";
import type { Stack } from "../../test/stacks/stack.ts";
import { readTable, tableOf, withTable } from "../../test/stacks/table.ts";

// `npm run stacks`: builds and packs the package, installs it into a scratch project for each tool chain, one after the
// other, and writes those that pass into the README's table. A part of a name runs those alone, and leaves the other rows
// as their last run wrote them. `--quick` runs the ones of `npm run verify`, and writes nothing.

const ROOT = path.resolve(import.meta.dirname, "../..");
const README = path.join(ROOT, "README.md");

const words = process.argv.slice(2).filter((word) => word !== "--quick");
const onlyQuick = process.argv.includes("--quick");
const chosen = STACKS.filter(({ name, quick = false }) => {
  const isNamed = words.length === 0 || words.some((word) => name.toLowerCase().includes(word.toLowerCase()));
  return isNamed && (!onlyQuick || quick);
});

if (whyNoRedis) throw new Error(whyNoRedis);
await installRuntimes();
await execute("npm", ["run", "build"], { cwd: ROOT });
const folder = await mkdtemp(path.join(tmpdir(), "angelcam-tarball-"));
const redis = await startRedis();
const passed: Stack[] = [];
try {
  const surroundings = { tarball: await pack(ROOT, folder), redisUrl: redis.url };
  for (const stack of chosen) {
    const started = performance.now();
    const failure = await runStack(stack, surroundings).then(() => undefined, String);
    console.log(`${failure === undefined ? "ok    " : "FAILED"} ${stack.name}, ${seconds(started)} s`);
    if (failure === undefined) passed.push(stack);
    else console.log(failure.slice(0, 300), failure.length > 300 ? failure.slice(300).slice(-2_000) : "");
  }
} finally {
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
}
console.log(`\n${passed.length} of ${chosen.length} stacks pass`);
if (!onlyQuick) {
  const readme = await readFile(README, "utf8");
  const before = readTable(readme, STACKS).filter((stack) => !chosen.includes(stack));
  const shown = STACKS.filter((stack) => passed.includes(stack) || before.includes(stack));
  await writeFile(README, withTable(readme, tableOf(shown)));
}
process.exitCode = chosen.length > 0 && passed.length === chosen.length ? 0 : 1;

function seconds(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(0);
}
