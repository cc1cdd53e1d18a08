import path from "node:path";
import { startPrism } from "../../src/mock/prism.ts";
import { execute } from "./execute.ts";
import { installRuntimes } from "./installed.ts";
import { type InstalledPackage, installPackage } from "./installed-package.ts";
import { type Result, RUNTIMES, type Runtime } from "./runtimes.ts";
import { surround } from "./surroundings.ts";
import { type Row, writeTable } from "./table.ts";

// `npm run runtimes`: builds and packs the package, installs it into a fresh folder, runs the same suite on every
// runtime, and writes the README's table. A part of a runtime's name runs it on those alone, and writes nothing.

const ROOT = path.resolve(import.meta.dirname, "../..");

const [wanted = ""] = process.argv.slice(2);
const chosen = RUNTIMES.filter(({ name, version }) =>
  `${name} ${version}`.toLowerCase().includes(wanted.toLowerCase()),
);

await installRuntimes();
await execute("npm", ["run", "build"], { cwd: ROOT });
await using installed = await installPackage();
await using mock = await startPrism({ document: path.join(ROOT, "generated/openapi.json") });

const rows: Row[] = [];
for (const runtime of chosen) rows.push(await tryOn(runtime, installed, mock.origin));
const failed = rows.filter(({ passed, total }) => passed < total || total === 0);
console.log(`\n${rows.length - failed.length} of ${rows.length} runtimes pass`);
if (rows.length === 0) console.log(`No runtime is called ${wanted}.`);
else if (failed.length === 0 && rows.length === RUNTIMES.length) writeTable(rows);
process.exitCode = rows.length > 0 && failed.length === 0 ? 0 : 1;

async function tryOn(runtime: Runtime, installed: InstalledPackage, mockOrigin: string): Promise<Row> {
  await using surroundings = await surround(mockOrigin);
  const started = performance.now();
  const results = await runtime.run(installed, surroundings).catch(notRun);
  const passed = results.filter(({ failure }) => failure === undefined);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${runtime.name} ${runtime.version}: ${passed.length} of ${results.length} checks in ${seconds} s`);
  for (const { name, failure } of results) if (failure !== undefined) console.log(`  FAILED ${name}\n    ${failure}`);
  return { name: runtime.name, version: runtime.version, passed: passed.length, total: results.length };
}

function notRun(error: unknown): Result[] {
  return [{ name: "the suite runs", failure: error instanceof Error ? error.message : String(error) }];
}
