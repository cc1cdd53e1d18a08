import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Report } from "../../src/contract-run/report.ts";

const COMMAND = fileURLToPath(new URL("../../src/contract-run/command.ts", import.meta.url));

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
}

/** Runs the command with no credentials but those given. The text of an Arazzo file runs in place of our workflows. */
export async function runCommand(
  options: readonly string[],
  { environment = {}, arazzo, command = COMMAND, cwd }: RunSettings = {},
): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-contract-test-"));
  try {
    const [json, junit, file] = ["report.json", "junit.xml", "own.arazzo.yaml"].map((name) => path.join(folder, name));
    if (arazzo !== undefined) await writeFile(String(file), arazzo);
    const own = arazzo === undefined ? [] : ["--file", String(file)];
    const reports = ["--json", String(json), "--junit", String(junit)];
    const child = spawn(process.execPath, [command, ...options, ...own, ...reports], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env.PATH, ...environment },
      ...(cwd === undefined ? {} : { cwd }),
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const [code] = (await once(child, "close")) as [number | null];
    const read = (name: string | undefined) => readFile(String(name), "utf8").catch(() => "");
    const text = await read(json);
    return { code, stdout, stderr, json: text, junit: await read(junit), report: text ? JSON.parse(text) : undefined };
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface RunSettings {
  readonly environment?: Readonly<Record<string, string>>;
  readonly arazzo?: string;
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
