import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "../../src/contract-cli/main.ts";
import type { Report } from "../../src/contract-cli/report.ts";
import { endWithTest } from "../support/end-with-test.ts";

/** The command in src. */
export const COMMAND = fileURLToPath(new URL("../../src/contract-cli/command.ts", import.meta.url));

/** Enough for a run of all workflows on a busy machine, in milliseconds. */
export const PATIENCE = 180_000;

/** How `angelcam-contract` ended, and all that it wrote. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The JSON report; undefined when there was none. */
  readonly report: Report | undefined;
  readonly json: string;
  readonly junit: string;
  readonly html: string;
  readonly har: string;
}

/** Runs the command with no credentials but those given. The text of an Arazzo file runs instead of our workflows. */
export async function runCommand(
  options: readonly string[],
  { environment = {}, arazzo, command, cwd, reports = true }: RunSettings = {},
): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-contract-test-"));
  try {
    const [json, junit, html, har, file] = [
      "report.json",
      "junit.xml",
      "report.html",
      "traffic.har",
      "own.arazzo.yaml",
    ].map((name) => path.join(folder, name));
    if (arazzo !== undefined) await writeFile(String(file), arazzo);
    const own = arazzo === undefined ? [] : ["--file", String(file)];
    const written = reports
      ? ["--json", String(json), "--junit", String(junit), "--html", String(html), "--har", String(har)]
      : [];
    // The arguments of a program that the command runs come last.
    const end = options.includes("--") ? options.indexOf("--") : options.length;
    const words = [...options.slice(0, end), ...own, ...written, ...options.slice(end)];
    const ended =
      command === undefined ? await runHere(words, environment) : await runChild(command, words, environment, cwd);
    const read = (name: string | undefined) => readFile(String(name), "utf8").catch(() => "");
    const text = await read(json);
    const report = text ? JSON.parse(text) : undefined;
    return { ...ended, json: text, junit: await read(junit), html: await read(html), har: await read(har), report };
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Ended = Pick<Outcome, "code" | "stdout" | "stderr">;

/** Runs it in this process, which is quicker, and counts for the coverage of src. */
async function runHere(words: string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  const [printed, complaints]: [string[], string[]] = [[], []];
  const code = await main(words, {
    environment,
    print: (line) => printed.push(`${line}\n`),
    complain: (line) => complaints.push(`${line}\n`),
  });
  return { code, stdout: printed.join(""), stderr: complaints.join("") };
}

/** Runs it as a user does, in a process of its own. */
async function runChild(
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd: string | undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [command, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, ...environment },
    ...(cwd === undefined ? {} : { cwd }),
  });
  endWithTest(child);
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

interface RunSettings {
  readonly environment?: Readonly<Record<string, string>>;
  readonly arazzo?: string;
  /** Whether the JSON and the JUnit report are requested. @default true */
  readonly reports?: boolean;
  /** The file of the command, to run it in a process of its own. */
  readonly command?: string;
  readonly cwd?: string;
}

/** An Arazzo file with one workflow, whose steps are written as YAML. */
export function arazzoOf(steps: string, workflow = ""): string {
  return `arazzo: 1.0.1
info: { title: Own, version: 1.0.0 }
sourceDescriptions:
  - { name: angelcam, type: openapi, url: openapi.yaml }
workflows:
  - workflowId: own
${workflow}    steps:
${steps}`;
}

/** A step of such a file. */
export function step(operation: string, rest: string): string {
  const [method = "", route = ""] = operation.split(" ");
  const pointer = `#/paths/${route.replaceAll("/", "~1")}/${method.toLowerCase()}`;
  return `      - stepId: only
        operationPath: "{$sourceDescriptions.angelcam.url}${pointer}"
${rest.replaceAll(/^(?=.)/gm, "        ")}
`;
}
