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

/** What the compiler needs for the same program on the client and on nothing but the types of openapi-typescript. */
export interface TypeCost {
  readonly client: TypeCheck;
  readonly bare: TypeCheck;
}

/**
 * Compiles both programs in turns and takes the least of each figure. A busy machine can make a run long and never short,
 * so they run on until the figures are good enough, or have been bad too often to be chance.
 *
 * @param isEnough Tells whether the figures so far will do.
 * @param program What to compile on the client.
 * @throws Error with what the compiler says against one of them.
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
