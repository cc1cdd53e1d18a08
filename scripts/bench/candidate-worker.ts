import { candidates } from "./candidates.ts";
import { type Work, workerOf } from "./work.ts";

// The process of one candidate: does the work that it is sent, and replies with a number or an error message.

const [name] = process.argv.slice(2);
const candidate = (await candidates()).find((one) => one.name === name);
if (!candidate) throw new Error(`There is no candidate called ${name}.`);
const work = workerOf(candidate);
process.on("message", async (task: Work) => {
  const result = await work(task).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  process.send?.(result);
});
