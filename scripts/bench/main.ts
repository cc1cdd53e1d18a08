import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { candidates } from "./candidates.ts";
import { chart } from "./chart.ts";
import { measureClients } from "./clients.ts";
import { measureGeneration } from "./generation.ts";
import { measureImports } from "./imports.ts";
import { measureLoopback } from "./loopback.ts";
import { measureMemory } from "./memory.ts";
import { measureList, measureOverhead } from "./overhead.ts";
import { prepare } from "./prepare.ts";
import { type Results, report } from "./report.ts";
import { countRequests } from "./requests.ts";

// Measures the client beside its peers, all in one run: `npm run bench`. With --quick it only shows that it runs: the
// results of so few rounds mean little, and no file is written.

const FOLDER = import.meta.dirname;

interface Size {
  readonly rounds: number;
  readonly calls: number;
  readonly lists: number;
  readonly loopbackCalls: number;
  readonly processes: number;
  readonly memoryCalls: number;
  readonly clients: number;
  readonly generations: number;
}

const FULL: Size = {
  rounds: 9,
  calls: 6000,
  lists: 2,
  loopbackCalls: 256,
  processes: 5,
  memoryCalls: 20_000,
  clients: 10_000,
  generations: 2,
};

const QUICK: Size = {
  rounds: 2,
  calls: 50,
  lists: 1,
  loopbackCalls: 64,
  processes: 1,
  memoryCalls: 500,
  clients: 100,
  generations: 1,
};

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const started = performance.now();
prepare();
const results = await measure(values.quick ? QUICK : FULL);
const table = report(results, values.quick);
console.log(`\n${table}`);
if (!values.quick) {
  await writeFile(path.join(FOLDER, "RESULTS.md"), table);
  await writeFile(path.join(FOLDER, "overhead.svg"), chart(results.overhead));
}
console.log(`${results.overhead.size} clients side by side in ${Math.round((performance.now() - started) / 1000)} s`);
process.exit();

async function measure(size: Size): Promise<Results> {
  const all = await candidates();
  return {
    candidates: all,
    overhead: await step("call overhead", () => measureOverhead(all, size.rounds, size.calls)),
    list: await step("list of 1,000 cameras", () => measureList(all, size.rounds, size.lists)),
    loopback: await step("loopback, one by one", () => measureLoopback(all, size.rounds, size.loopbackCalls, 1)),
    loopbackAtOnce: await step("loopback, 64 at once", () => measureLoopback(all, size.rounds, size.loopbackCalls, 64)),
    imports: await step("imports", () => measureImports(all, size.processes)),
    memory: await step("memory", () => measureMemory(all, size.memoryCalls)),
    memoryCalls: size.memoryCalls,
    clients: await step("many clients", () => measureClients(all, size.clients)),
    clientCount: size.clients,
    generation: await step("generation", () => measureGeneration(size.generations)),
    jobs: await step("requests spent", countRequests),
  };
}

async function step<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  console.log(`measuring ${name}`);
  return await work();
}
