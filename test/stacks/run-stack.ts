import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execute } from "../runtimes/execute.ts";
import { brought } from "../runtimes/installed.ts";
import type { Project, Stack, Step } from "./stack.ts";

const NODE_20 = { "node-20-linux-x64": "bin/node", "node-20-linux-arm64": "bin/node" };
const BUN = { "@oven/bun-linux-x64": "bin/bun", "@oven/bun-linux-aarch64": "bin/bun" };

/** Kept from one stack to the next, so that each downloads only what is its own. */
const INSTALL = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"] as const;

/** What surrounds all stacks of a run. */
export interface Surroundings {
  /** The packed package. */
  readonly tarball: string;
  readonly redisUrl: string;
}

/** Packs what was built into a folder, and returns the path of the tarball. */
export async function pack(root: string, folder: string): Promise<string> {
  const parameters = ["pack", root, "--ignore-scripts", "--json", "--pack-destination", folder];
  const { stdout } = await execute("npm", parameters, { cwd: folder });
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  if (packed === undefined) throw new Error("npm pack made no tarball");
  return path.join(folder, packed.filename);
}

/**
 * Makes the scratch project of a stack in the temporary folder, installs it, runs its steps, and removes it.
 *
 * @throws Error with the output of the step that failed.
 */
export async function runStack(stack: Stack, { tarball, redisUrl }: Surroundings): Promise<void> {
  const place = await mkdtemp(path.join(tmpdir(), "angelcam-stack-"));
  try {
    const [folder, tools] = [path.join(place, "project"), path.join(place, "tools")];
    await Promise.all([mkdir(folder), mkdir(tools)]);
    const run = (step: Step, cwd = folder) => runStep(step, cwd, stack.redis ? { REDIS_URL: redisUrl } : {});
    const project: Project = { folder, tools, tarball, packages: stack.packages, run };
    await writeProject(project, stack);
    await (stack.install?.(project) ?? run({ command: ["npm", ...INSTALL] }));
    for (const step of stack.steps) await run(step);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function writeProject(
  { folder, tarball }: Project,
  { files, manifest, packages, install }: Stack,
): Promise<void> {
  const dependencies = { "angelcam-client": `file:${tarball}`, ...(install ? {} : packages) };
  const content = { name: "stack", version: "1.0.0", private: true, ...manifest, dependencies };
  await writeFile(path.join(folder, "package.json"), JSON.stringify(content, null, 2));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
}

/** The tools write to their own folders what they would write home. */
async function runStep({ command, expected = "" }: Step, cwd: string, env: Record<string, string>): Promise<string> {
  const [name, ...parameters] = command;
  const { stdout, stderr } = await execute(programOf(name), parameters, { cwd, env: { ...QUIET, ...env } });
  const output = stdout + stderr;
  if (!output.includes(expected))
    throw new Error(`${command.join(" ")} did not write "${expected}":\n${output.slice(-3_000)}`);
  return output;
}

function programOf(name: string): string {
  if (name === "node") return process.execPath;
  if (name === "node20") return brought(NODE_20).program;
  return name === "bun" ? brought(BUN).program : name;
}

/** No counting, no updates, no waiting for answers at a terminal, and none of the settings of the run around it. */
const QUIET: Readonly<Record<string, string>> = {
  CI: "true",
  NODE_OPTIONS: "",
  NO_COLOR: "1",
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  YARN_ENABLE_TELEMETRY: "0",
  YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
  npm_config_frozen_lockfile: "false",
  VITEST: "",
  NODE_ENV: "",
};
