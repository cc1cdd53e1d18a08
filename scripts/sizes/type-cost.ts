import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import openapiTypeScript, { astToString } from "openapi-typescript";
import { ON_BARE_TYPES, ON_THE_CLIENT } from "./programs.ts";
import { leastOf, type TypeCheck, typeCheck } from "./type-check.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const COMPILER = path.join(ROOT, "node_modules/typescript/bin/tsc");

/** Runs of the compiler for each program. */
const LEAST_RUNS = 5;
const MOST_RUNS = 25;

/** The compiler's work for the same program on the client and on the types of openapi-typescript alone. */
export interface TypeCost {
  readonly client: TypeCheck;
  readonly bare: TypeCheck;
}

/**
 * Compiles both programs in turns and takes the minimum of each metric. A busy machine can make a run longer but never
 * shorter, so the runs go on until the metrics are within the budget, 25 times at most.
 *
 * @param isEnough Returns true when the metrics so far are within the budget.
 * @param program The program to compile on the client.
 * @throws Error with the compiler's messages about one of the programs.
 */
export async function typeCost(isEnough: (cost: TypeCost) => boolean, program = ON_THE_CLIENT): Promise<TypeCost> {
  // Inside the repository, so that "angelcam-client" is what was built.
  const folder = await mkdtemp(path.join(ROOT, "dist/type-check-"));
  try {
    const document = JSON.parse(await readFile(path.join(ROOT, "generated/openapi.json"), "utf8"));
    await writeFile(path.join(folder, "bare.d.ts"), astToString(await openapiTypeScript(document, { silent: true })));
    await writeFile(path.join(folder, "client.ts"), program);
    await writeFile(path.join(folder, "types.ts"), ON_BARE_TYPES);
    const client: TypeCheck[] = [];
    const bare: TypeCheck[] = [];
    const cost = () => ({ client: leastOf(client), bare: leastOf(bare) });
    do {
      client.push(await typeCheck(COMPILER, path.join(folder, "client.ts")));
      bare.push(await typeCheck(COMPILER, path.join(folder, "types.ts")));
    } while (client.length < MOST_RUNS && (client.length < LEAST_RUNS || !isEnough(cost())));
    return cost();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
