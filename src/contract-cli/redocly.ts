// Node only: finds and starts a program.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { CannotRunError } from "./cannot-run-error.ts";

/** Milliseconds that redocly gets beyond its own time, to write its report. */
const GRACE = 5_000;

/**
 * The contract checks these more closely, so they are no failure for redocly: it would end the workflow, and it takes a
 * new field for a fault.
 */
const SEVERITY = "STATUS_CODE_CHECK=warn,CONTENT_TYPE_CHECK=warn,SCHEMA_CHECK=warn";

/** A check of redocly. */
export interface RedoclyCheck {
  readonly name: string;
  readonly passed: boolean;
  readonly message?: string;
  /** A failure counts if this is `error`. */
  readonly severity: string;
  readonly condition?: string;
}

/** One try of a step. */
export interface RedoclyStep {
  readonly stepId: string;
  /** Without an address, the step was not sent. */
  readonly request: { readonly url: string };
  readonly checks: readonly RedoclyCheck[];
}

interface RedoclyWorkflow {
  readonly executedSteps: readonly (RedoclyStep | RedoclyWorkflow)[];
}

interface RedoclyReport {
  readonly files: Readonly<Record<string, { readonly executedWorkflows: readonly RedoclyWorkflow[] }>>;
}

/** Options of {@link runRedocly}. */
export interface RedoclyRun {
  /** The program, from `findRedocly`. */
  readonly program: string;
  /** The Arazzo document, made ready to run. */
  readonly arazzo: object;
  /** The one of its workflows to run. */
  readonly workflow: string;
  /** Name of its source description. */
  readonly source: string;
  /** Where its requests go. */
  readonly server: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout: number;
  /** Ends it when it is aborted. */
  readonly stop?: AbortSignal | undefined;
}

/** The remedy when redocly is missing. */
const INSTALL = "npm install --save-dev @redocly/cli";

/**
 * Finds `redocly`: from the working folder, beside this package, or among the programs on the PATH, to which `npx -p` and
 * a global installation add it.
 *
 * @param searchPath The environment variable PATH.
 * @throws CannotRunError with the command that installs it.
 */
export async function findRedocly(searchPath = process.env.PATH ?? ""): Promise<string> {
  for (const from of [path.join(process.cwd(), "package.json"), import.meta.filename]) {
    try {
      const manifest = createRequire(from).resolve("@redocly/cli/package.json");
      const { bin } = JSON.parse(await readFile(manifest, "utf8")) as { bin: Readonly<Record<string, string>> };
      if (bin.redocly) return path.join(path.dirname(manifest), bin.redocly);
    } catch {
      // Not there: try the next one.
    }
  }
  for (const folder of searchPath.split(path.delimiter)) {
    const program = await realpath(path.join(folder, "redocly")).catch(() => undefined);
    // On Windows it is a script of the shell, which Node cannot run.
    if (program && /\.[cm]?js$/.test(program)) return program;
  }
  throw new CannotRunError(`@redocly/cli, which runs the workflows, is not installed. Install it:\n  ${INSTALL}`);
}

/** Runs a document. Returns each try of each step, in order. Its files are readable by their owner only. */
export async function runRedocly(run: RedoclyRun): Promise<RedoclyStep[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-contract-"));
  try {
    await writeFile(path.join(folder, "workflow.json"), JSON.stringify(run.arazzo), { mode: 0o600 });
    const output = await start(run, folder);
    const report = await readFile(path.join(folder, "report.json"), "utf8").catch(() => {
      throw new Error(`redocly wrote no report:\n${output.trim()}`);
    });
    const { files } = JSON.parse(report) as RedoclyReport;
    return Object.values(files).flatMap(({ executedWorkflows }) => executedWorkflows.flatMap(stepsOf));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function start(
  { program, workflow, source, server, inputs, timeout, stop }: RedoclyRun,
  folder: string,
): Promise<string> {
  const time = String(Math.max(1, Math.ceil(timeout)));
  const options = ["--json-output", "report.json", "--severity", SEVERITY];
  const limits = ["--max-fetch-timeout", time, "--execution-timeout", time];
  const child = spawn(
    process.execPath,
    [program, "respect", "workflow.json", "--workflow", workflow, ...options, ...limits],
    {
      // A folder of its own: no other .env and no other redocly.yaml applies.
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: Number(time) + GRACE,
      signal: stop,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NO_COLOR: "1",
        REDOCLY_TELEMETRY: "off",
        REDOCLY_SUPPRESS_NOTIFICATIONS: "true",
        // Not in the arguments, which every user of the machine can see.
        REDOCLY_CLI_RESPECT_INPUT: JSON.stringify(inputs),
        REDOCLY_CLI_RESPECT_SERVER: `${source}=${server}`,
      },
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      // The process of one that was aborted has yet to end.
      if (child.pid === undefined) reject(error);
    });
    child.once("close", () => resolve(output));
  });
}

function stepsOf({ executedSteps }: RedoclyWorkflow): RedoclyStep[] {
  return executedSteps.flatMap((step) => ("executedSteps" in step ? stepsOf(step) : [step]));
}
