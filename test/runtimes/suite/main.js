// @ts-check
// The suite as a program: Node, Bun and Deno. It prints one line for each check, and last the results as JSON.
import { files } from "./files.js";
import { checks, run } from "./run.js";

const results = await run(JSON.parse(process.env.SURROUNDINGS ?? "{}"), [...checks, ...files]);
for (const { name, failure } of results)
  console.log(failure === undefined ? `ok     ${name}` : `FAILED ${name}\n${failure}`);
console.log(JSON.stringify(results));
