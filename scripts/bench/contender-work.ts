import { contenders } from "./contenders.ts";
import { type Work, workerOf } from "./work.ts";

// The process of one contender: does the work that it is sent, and answers with a number, or with what went wrong.

const [name] = process.argv.slice(2);
const contender = (await contenders()).find((one) => one.name === name);
if (!contender) throw new Error(`Nobody is called ${name}.`);
const work = workerOf(contender);
process.on("message", async (task: Work) => {
  const answer = await work(task).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  process.send?.(answer);
});
