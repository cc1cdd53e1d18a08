import path from "node:path";
import { licences, readLicences } from "../shared/gates/licences.ts";

// Prints which licences the dependencies have, as Markdown: those that reach users one by one, the tools by licence.

const ROOT = path.resolve(import.meta.dirname, "../..");
const packages = await readLicences(ROOT);
const delivered = packages.filter(({ reach }) => reach !== "development");
const tools = packages.filter(({ reach }) => reach === "development").map(({ licence }) => licence);
const kinds = [...new Set(tools)].map((kind) => ({ kind, number: tools.filter((licence) => licence === kind).length }));

console.log("| what users get | version | licence | how |\n|---|---|---|---|");
for (const { name, version, licence, reach } of delivered)
  console.log(`| ${name} | ${version} | ${licence} | ${reach} |`);
console.log("\n| licence of tools | packages |\n|---|---|");
for (const { kind, number } of kinds.sort((one, other) => other.number - one.number)) {
  console.log(`| ${kind} | ${number} |`);
}
const { faults } = await licences.check(ROOT);
for (const fault of faults) console.error(`FAILED ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
