import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { document } from "../client/documented-operations.ts";
import { compile } from "../prose/compile.ts";
import { type DocumentedOperation, operationsOf } from "../spec/document.ts";
import { testAll } from "../support/test-all.ts";
import { originsOf, routeOf } from "../whole-api/route.ts";
import type { SampleRun } from "./run-samples.ts";

// The samples of spec/samples, which the docs show beside each operation: a person pastes them, so they must work.

const FOLDER = path.resolve(import.meta.dirname, "../../spec/samples");
const RUN_SAMPLES = path.join(import.meta.dirname, "run-samples.ts");

/** Lines that a person still reads at a glance, the import and the client among them. */
const MOST_LINES = 11;
const FEWEST_LINES = 3;

/** Processes that share the samples: one a core of a small machine. */
const PROCESSES = 2;

/** Milliseconds until a sample that does not end is ended; all of them together need a few thousand. */
const LONGEST_RUN = 200_000;

const places = operationsOf(document);
const files = readdirSync(FOLDER);

let runs: Map<string, SampleRun>;

beforeAll(async () => {
  const shares = Array.from({ length: PROCESSES }, (_, share) => files.filter((_, at) => at % PROCESSES === share));
  const done = await Promise.all(shares.map(runAll));
  runs = new Map(done.flat().map((run) => [path.basename(run.file), run]));
});

test("every operation has a sample, and every sample an operation", () => {
  expect(places.length).toBeGreaterThan(100);
  expect(files.toSorted()).toEqual(places.map(fileOf).sort());
});

test("every sample compiles as a file of a user who has installed the package", () => {
  const blocks = files.map((file) => ({ file, line: 1, code: codeOf(file) }));
  expect(blocks.length).toBeGreaterThan(100);
  expect(compile(blocks)).toEqual([]);
});

test("a mistake in a copy of a sample is named with its file and line, also one that shows only when it runs", async () => {
  const copy = await mkdtemp(path.join(tmpdir(), "angelcam-samples-"));
  try {
    const sample = codeOf("cameras.get.ts");
    const mistyped = sample.replace("max_width", "max_widths");
    expect(compile([{ file: "cameras.get.ts", line: 1, code: mistyped }])).toEqual([
      expect.stringMatching(/^cameras\.get\.ts:4: .*max_widths/),
    ]);
    const file = path.join(copy, "cameras.get.ts");
    await writeFile(file, sample.replace("20311", "Number.NaN"));
    const [run] = await runAll([file]);
    expect(run?.error).toMatch(/^spec\/samples\/cameras\.get\.ts:4: RangeError/);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});

describe("the sample of each operation", () => {
  testAll("is short, and needs nothing but the package", places, "$name", (place) => {
    const lines = codeOf(fileOf(place))
      .split("\n")
      .filter((line) => line.trim() !== "");
    expect(lines.length).toBeGreaterThanOrEqual(FEWEST_LINES);
    expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
    const imports = lines.filter((line) => line.startsWith("import "));
    expect(imports.filter((line) => !/ from "angelcam-client(\/\w+)?";$/.test(line))).toEqual([]);
  });

  testAll("runs to its end, and the mock finds nothing wrong with what it requests", places, "$name", (place) => {
    const { error, requests } = runs.get(fileOf(place)) as SampleRun;
    expect(error).toBeUndefined();
    expect(requests.filter(({ status, violations }) => status >= 300 || violations !== null)).toEqual([]);
  });

  testAll("makes the request of its operation", places, "$name", (place) => {
    const run = runs.get(fileOf(place)) as SampleRun;
    const requested = requestsOf(place, run).map(
      ({ method, url }) => `${routeOf(method, url)?.place.name} at ${new URL(url).origin}`,
    );
    expect(requested).toContain(`${place.name} at ${originsOf(place)[0]}`);
  });

  testAll("shows nothing that is undefined", places, "$name", (place) => {
    const { output } = runs.get(fileOf(place)) as SampleRun;
    expect(output.filter((line) => /\bundefined\b|\[object \w+\]|\bNaN\b/.test(line))).toEqual([]);
  });
});

/** The requests that were sent, or the page that the sample sends a person to. */
function requestsOf(
  { operation }: DocumentedOperation,
  { requests, output }: SampleRun,
): { method: string; url: string }[] {
  if (!("x-opened-in-browser" in operation)) return [...requests];
  return output.flatMap((line) => line.match(/https:\S+/g) ?? []).map((url) => ({ method: "GET", url }));
}

async function runAll(share: readonly string[]): Promise<SampleRun[]> {
  const samples = share.map((file) => path.resolve(FOLDER, file));
  const { stdout } = await promisify(execFile)(process.execPath, [RUN_SAMPLES, inject("prismOrigin"), ...samples], {
    timeout: LONGEST_RUN,
  });
  return JSON.parse(stdout) as SampleRun[];
}

function fileOf({ operation }: DocumentedOperation): string {
  return `${operation.operationId}.ts`;
}

function codeOf(file: string): string {
  return readFileSync(path.join(FOLDER, file), "utf8");
}
