import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { onlyReads, operationOf } from "../../src/contract-cli/operations.ts";
import { readWorkflows } from "../../src/contract-cli/read-workflows.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const REDOCLY = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));

test("redocly lint finds 0 errors and 0 warnings in the workflows", async () => {
  const reports = await lint(ROOT);
  expect(reports.length).toBeGreaterThan(0);
  expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
});

test("a step without success criteria is a lint error", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-workflows-"));
  try {
    await cp(path.join(ROOT, "spec"), path.join(folder, "spec"), { recursive: true });
    const file = path.join(folder, "spec/workflows/too-many-requests.arazzo.yaml");
    const sound = await readFile(file, "utf8");
    const faulty = sound.replace(/ {8}successCriteria:\n(?: {10}.*\n)+/, "");
    expect(faulty).not.toBe(sound);
    await writeFile(file, faulty);
    const problems = (await lint(folder)).flatMap((report) => report.problems);
    expect(problems).toEqual([expect.objectContaining({ ruleId: "rule/step-checks-something" })]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("every workflow file is run by angelcam-contract, with what uses up the quota last", async () => {
  const names = (await readWorkflows([])).map(({ name }) => name);
  const files = (await readdir(path.join(ROOT, "spec/workflows"))).filter((file) => file.endsWith(".arazzo.yaml"));
  expect(names.toSorted()).toEqual(files.map((file) => file.replace(".arazzo.yaml", "")).toSorted());
  expect(names.at(-1)).toBe("too-many-requests");
});

test("each step is an operation of the document, and a workflow is marked as writing when one of them writes", async () => {
  const workflows = await readWorkflows([]);
  for (const { name, workflow } of workflows) {
    const operations = workflow.steps.map((step) => {
      const { operationPath } = step as unknown as { operationPath: string };
      const [, pointer = "", method = ""] = operationPath.match(/#\/paths\/(.+)\/(\w+)$/) ?? [];
      const url = new URL(pointer.replaceAll("~1", "/"), "http://localhost");
      return operationOf(method.toUpperCase(), url) ?? expect.fail(`${name}: ${operationPath} is no operation`);
    });
    const writes = operations.some((operation) => !onlyReads(operation));
    expect([name, workflow["x-effects"]?.includes("writes") ?? false]).toEqual([name, writes]);
  }
});

interface LintReport {
  readonly problems: readonly { readonly ruleId: string }[];
}

/** A report for each file. */
async function lint(folder: string): Promise<LintReport[]> {
  const files = (await readdir(path.join(folder, "spec/workflows"))).filter((file) => file.endsWith(".arazzo.yaml"));
  const paths = files.map((file) => `spec/workflows/${file}`);
  const options = ["lint", ...paths, "--config=spec/workflows/redocly.yaml", "--format=json"];
  const environment = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_NOTIFICATIONS: "true" };
  const { stdout } = await promisify(execFile)(process.execPath, [REDOCLY, ...options], {
    cwd: folder,
    env: environment,
  }).catch((error: { stdout: string }) => error);
  // Redocly writes one after the other.
  return JSON.parse(`[${stdout.replaceAll(/^\}\s*\{/gm, "},{")}]`);
}
