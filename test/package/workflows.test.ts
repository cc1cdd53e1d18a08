import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "./consumer.ts";

// What the workflows may do, for the day when a dependency or an action turns bad.

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: string;
  readonly environment?: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}

interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = path.join(ROOT, ".github/workflows");
const FILES = readdirSync(FOLDER);

/** The commits that were reviewed. */
const PINNED = [
  "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1",
  "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020",
  "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f",
  "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c",
];

describe.each(FILES)("%s", (file) => {
  const { permissions, jobs } = readWorkflow(file);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test("grants nothing at the top, and a job no more than it needs", () => {
    expect(permissions).toEqual({});
    for (const [name, job] of Object.entries(jobs)) {
      expect(job.permissions, name).toEqual(name === "publish" ? { "id-token": "write" } : { contents: "read" });
    }
  });

  test("uses actions by the commit that was reviewed, and leaves no credentials in the checkout", () => {
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(used.length).toBeGreaterThan(2);
    expect(used.filter((action) => !PINNED.includes(action))).toEqual([]);
    for (const { uses, with: inputs } of steps) {
      if (uses?.startsWith("actions/checkout@")) expect(inputs).toMatchObject({ "persist-credentials": false });
    }
  });
});

test("the job that may publish runs none of our code: it hands on the tarball that the other has built and tested", () => {
  const { build, publish } = readWorkflow("release.yml").jobs;
  const commands = (job: Job | undefined) => job?.steps.flatMap(({ run }) => run ?? []) ?? [];
  expect(commands(build)).toContain(".ci/run");
  expect(commands(build).at(-1)).toContain("npm pack");
  expect(build?.environment).toBeUndefined();
  expect(publish).toMatchObject({ needs: "build", environment: "release" });
  expect(commands(publish)).toEqual(["npm publish ./*.tgz --ignore-scripts --provenance --access public"]);
  expect(publish?.steps.map(({ uses }) => uses?.split("@")[0])).toEqual([
    "actions/download-artifact",
    "actions/setup-node",
    undefined,
  ]);
});

test("CI runs the install script of the package that brings Node, and no other", () => {
  const lines = readFileSync(path.join(ROOT, ".ci/run"), "utf8").split("\n");
  const installs = lines.filter((line) => /NPM_CONFIG_IGNORE_SCRIPTS/.test(line));
  expect(installs).toEqual([
    // The first half of the README's command, which is `npm ci`.
    `NPM_CONFIG_IGNORE_SCRIPTS=true bash -c "\${command%% && *}"`,
    "NPM_CONFIG_IGNORE_SCRIPTS=false npm rebuild node",
  ]);
});

function readWorkflow(file: string): Workflow {
  return parse(readFileSync(path.join(FOLDER, file), "utf8")) as Workflow;
}
