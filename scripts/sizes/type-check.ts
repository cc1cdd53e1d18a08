import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";

const OPTIONS = { strict: true, noEmit: true, skipLibCheck: true, target: "ES2022", module: "nodenext", types: [] };

/** The diagnostics of one run of the compiler. */
export interface TypeCheck {
  /** Seconds from start to end. */
  readonly total: number;
  /** Seconds of checking alone. */
  readonly check: number;
  readonly types: number;
  readonly instantiations: number;
}

/**
 * Compiles a file strictly, in a process of its own, and emits nothing.
 *
 * @throws Error with the compiler's messages about the file.
 */
export async function typeCheck(compiler: string, file: string): Promise<TypeCheck> {
  const config = `${file}.json`;
  await writeFile(config, JSON.stringify({ compilerOptions: OPTIONS, files: [file] }));
  const { stdout } = await promisify(execFile)(process.execPath, [
    compiler,
    "--project",
    config,
    "--extendedDiagnostics",
  ]).catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
  return {
    total: metric(stdout, "Total time"),
    check: metric(stdout, "Check time"),
    types: metric(stdout, "Types"),
    instantiations: metric(stdout, "Instantiations"),
  };
}

/** The minimum of each metric, because other load on the machine can only increase it. */
export function leastOf(checks: readonly TypeCheck[]): TypeCheck {
  const least = (name: keyof TypeCheck) => Math.min(...checks.map((check) => check[name]));
  return {
    total: least("total"),
    check: least("check"),
    types: least("types"),
    instantiations: least("instantiations"),
  };
}

function metric(output: string, name: string): number {
  const found = output.match(new RegExp(`^${name}:\\s+([\\d.]+)`, "m"))?.[1];
  if (found === undefined) throw new Error(`the compiler printed no "${name}":\n${output}`);
  return Number(found);
}
