import { spawn } from "node:child_process";
import { once } from "node:events";

/** A program with its name. */
export interface PythonProgram {
  readonly id: string;
  readonly source: string;
}

/** The outcome of a program: its output, or its error. */
export interface PythonOutcome {
  readonly id: string;
  readonly printed: string;
  readonly error: string | null;
}

/** Runs one program after the other in a single interpreter, because each start of one costs more than the program. */
const RUN_ALL = `
import contextlib, io, json, sys
for program in json.load(sys.stdin):
    output, error = io.StringIO(), None
    try:
        with contextlib.redirect_stdout(output):
            exec(compile(program["source"], program["id"], "exec"), {})
    except BaseException as problem:
        error = f"{type(problem).__name__}: {problem}"
    print(json.dumps({"id": program["id"], "printed": output.getvalue(), "error": error}))
`;

/** The version of the Python that is on this machine, or undefined. */
export async function pythonVersion(): Promise<string | undefined> {
  const result = await python(["--version"], "", process.env).catch(() => undefined);
  return result?.code === 0 ? result.stdout.trim() : undefined;
}

/**
 * Runs programs, each by itself.
 *
 * @throws Error with the output of Python, when it ends before all of them have run.
 */
export async function runPython(programs: readonly PythonProgram[], env: NodeJS.ProcessEnv): Promise<PythonOutcome[]> {
  const { code, stdout, stderr } = await python(["-c", RUN_ALL], JSON.stringify(programs), { ...process.env, ...env });
  if (code !== 0) throw new Error(`Python ended with exit code ${code}: ${stderr}`);
  const lines = stdout.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as PythonOutcome);
}

async function python(args: readonly string[], input: string, env: NodeJS.ProcessEnv) {
  const child = spawn("python3", args, { env });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdin.end(input);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}
