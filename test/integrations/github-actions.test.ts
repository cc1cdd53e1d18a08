import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import manifest from "../../package.json" with { type: "json" };

// Compares the workflow that a team copies with this package: its commands, their options and its files.

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const text = readFileSync(new URL("github-actions.yml", import.meta.url), "utf8");
const workflow = parse(text) as { on: unknown; jobs: Record<string, { "runs-on": string; steps: Step[] }> };
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const commands = steps.flatMap(({ run }) => (run?.startsWith("npx ") ? [run.split(/\s+/).slice(1)] : []));
const ours = commands.filter(([name = ""]) => name.startsWith("angelcam-"));
const bins: Readonly<Record<string, string>> = manifest.bin;

test("it is a workflow whose steps each do one thing", () => {
  expect(workflow.on).toEqual(["push", "pull_request"]);
  expect(steps.length).toBeGreaterThan(6);
  expect(steps.filter(({ uses, run }) => (uses === undefined) === (run === undefined))).toEqual([]);
});

test("it starts the sandbox and the mock, runs the team's tests, and checks the contract, in this order", () => {
  const [sandbox, mock, wait, tests, contract] = [
    "angelcam-sandbox",
    "prism-cli mock",
    "curl",
    "npm test",
    "angelcam-contract",
  ].map((command) => steps.findIndex(({ run }) => run?.includes(command)));
  const order = [sandbox, mock, wait, tests, contract];
  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((one = 0, other = 0) => one - other));
});

describe("a command of this package", () => {
  test.each(ours)("%s is one of its binaries, and knows the options", async (name = "", ...words) => {
    expect(Object.keys(bins)).toContain(name);
    const source = bins[name]?.replace("./dist/package/", "").replace(/\.js$/, ".ts") ?? "";
    const { stdout } = await promisify(execFile)(process.execPath, [source, "--help"]);
    const options = words.filter((word) => word.startsWith("--"));
    expect(options).not.toEqual([]);
    for (const option of options) expect(stdout).toContain(`${option} `);
  });

  test("is there: the sandbox and the contract", () => {
    expect(ours.map(([name]) => name)).toEqual(["angelcam-sandbox", "angelcam-contract"]);
  });
});

test("the mock is Prism, serving the document where the package has it", () => {
  const [, ...words] = commands.find(([name]) => name === "@stoplight/prism-cli") ?? [];
  expect(Object.keys(manifest.devDependencies)).toContain("@stoplight/prism-cli");
  expect(words).toContain(`node_modules/${manifest.name}/${manifest.exports["./openapi.json"].replace("./", "")}`);
});

test("each port that receives a request is one that a server was started on", () => {
  const started = commands.flatMap((words) =>
    words.flatMap((word, index) => (word === "--port" ? [words[index + 1]] : [])),
  );
  const asked = [...text.matchAll(/http:\/\/127\.0\.0\.1:(\d+)/g)].map(([, port]) => port);
  expect(started).toHaveLength(2);
  expect(new Set(asked)).toEqual(new Set(started));
});
