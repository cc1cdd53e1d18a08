import { availableParallelism } from "node:os";
import type { Candidate, Feature } from "./candidate.ts";
import { OURS, YARDSTICK } from "./candidates.ts";
import type { ClientCost } from "./clients.ts";
import type { JobResult, Spent } from "./requests.ts";
import type { Summary } from "./statistics.ts";

type Summaries = ReadonlyMap<string, Summary>;

/** All that was measured in a run. */
export interface Results {
  readonly candidates: readonly Candidate[];
  readonly overhead: Summaries;
  readonly list: Summaries;
  readonly loopback: Summaries;
  readonly loopbackAtOnce: Summaries;
  readonly imports: Summaries;
  readonly memory: ReadonlyMap<string, number>;
  readonly memoryCalls: number;
  readonly clients: ReadonlyMap<string, ClientCost>;
  readonly clientCount: number;
  readonly generation: Summaries;
  readonly jobs: readonly JobResult[];
}

const FEATURES: Record<Feature, string> = {
  typed: "typed",
  token: "token",
  errors: "throws errors",
  timeout: "timeout",
  retries: "retries",
  pages: "pages",
  refresh: "token refresh",
  quota: "rate limiter",
};

/** The results as Markdown. */
export function report(results: Results, isQuick: boolean): string {
  const machine = `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores`;
  return [
    "# Beside its peers",
    isQuick
      ? "A run with `--quick`: it shows that everything runs, and its results mean little."
      : `One run of \`npm run bench\` (${machine}). Each client has a process of its own, and they take turns, so that other load on the machine affects all of them. Each result is a median; half of the rounds lie within the brackets. The ratio is to \`${YARDSTICK}\` in the same run.`,
    "## What each of them does",
    features(results.candidates),
    section(
      "Overhead of a call",
      "Microseconds of the processor for `GET /v1/cameras/{camera_id}/` with a stubbed `fetch`, the creation and the parsing of the response included.",
      results.overhead,
      1,
    ),
    section(
      "A list of 1,000 cameras",
      "Milliseconds of the processor for ten pages of 100 with a stubbed `fetch`. Ours also checks that no camera is lost or doubled; for the others the loop is written by hand.",
      results.list,
      2,
    ),
    section(
      "Over loopback HTTP, one by one",
      "Microseconds of the processor for a call to a server in another process: the same, with HTTP.",
      results.loopback,
      0,
    ),
    section(
      "Over loopback HTTP, 64 at once",
      "The same with 64 calls under way. `axios` does not use `fetch` here, but `node:http`.",
      results.loopbackAtOnce,
      0,
    ),
    section("Import", "Milliseconds of the processor over a bare Node, in a fresh process each.", results.imports, 1),
    memory(results),
    clients(results),
    generation(results.generation),
    jobs(results.jobs),
    comparison(results),
  ]
    .join("\n\n")
    .concat("\n");
}

function features(all: readonly Candidate[]): string {
  const names = Object.keys(FEATURES) as Feature[];
  return table(
    ["", ...Object.values(FEATURES)],
    all.map((one) => [one.name, ...names.map((name) => (one.features.includes(name) ? "yes" : ""))]),
  );
}

function section(title: string, text: string, summaries: Summaries, digits: number): string {
  const yardstick = summaries.get(YARDSTICK)?.median;
  if (yardstick === undefined) throw new Error(`${title}: ${YARDSTICK} was not measured`);
  const rows = [...summaries].map(([name, summary]) => [name, show(summary, digits), ratio(summary.median, yardstick)]);
  return `## ${title}\n\n${text}\n\n${table(["", "median", "ratio"], rows)}`;
}

function memory({ memory: grown, memoryCalls }: Results): string {
  const rows = [...grown].map(([name, kilobytes]) => [name, `${kilobytes}`]);
  const calls = memoryCalls.toLocaleString("en");
  return `## Memory\n\nKilobytes that the heap has grown by after ${calls} calls, the garbage collected.\n\n${table(["", "kB"], rows)}`;
}

function clients({ clients: costs, clientCount }: Results): string {
  const rows = [...costs].map(([name, { kilobytes, milliseconds }]) => [
    name,
    kilobytes.toFixed(2),
    milliseconds.toFixed(3),
  ]);
  const text = `Per client, where a service holds ${clientCount.toLocaleString("en")} of them, one per linked account; ours with a session each.`;
  return `## Many clients\n\n${text}\n\n${table(["", "kB of heap", "ms of the processor"], rows)}`;
}

function generation(summaries: Summaries): string {
  const rows = [...summaries].map(([name, summary]) => [name, show(summary, 2)]);
  return `## Generation\n\nSeconds of real time from the document to the client.\n\n${table(["", "median"], rows)}`;
}

function jobs(results: readonly JobResult[]): string {
  const text = [
    "Requests that a job takes from a sandbox with Angelcam's quota, in a time that is not waited for; in brackets those rejected with 429.",
    "_By hand_ is the code that one writes on any client that only sends. _Impatient_ asks again a second after a rejection;",
    "_patient_ waits as `Retry-After` says and tries three times, as ky, Redocly's client and openai do by themselves.",
  ].join("\n");
  const rows = results.map(({ job, ours, patient, impatient }) => [job, spent(ours), spent(patient), spent(impatient)]);
  return `## Requests spent\n\n${text}\n\n${table(["", OURS, "by hand, patient", "by hand, impatient"], rows)}`;
}

function spent({ sent, rejected, isDone }: Spent): string {
  return `${sent}${rejected > 0 ? ` (${rejected} rejected)` : ""}${isDone ? "" : ", gave up"}`;
}

/** The ratio of our results to those of each peer. */
function comparison(results: Results): string {
  const lines = [
    ...compare("Overhead of a call", results.overhead),
    ...compare("A list of 1,000 cameras", results.list),
    ...compare("Loopback, one by one", results.loopback),
    ...compare("Loopback, 64 at once", results.loopbackAtOnce),
    ...compare("Import", results.imports),
  ];
  const rows = [...results.overhead.keys()].filter((name) => name !== OURS && lines.some((line) => line.peer === name));
  const titles = [...new Set(lines.map(({ title }) => title))];
  const cell = (peer: string, title: string) => {
    const found = lines.find((line) => line.peer === peer && line.title === title);
    return found ? ratio(found.ours, found.theirs) : "";
  };
  return `## Our result divided by theirs\n\nBelow 1 we are better, above 1 we lose.\n\n${table(
    ["", ...titles],
    rows.map((peer) => [peer, ...titles.map((title) => cell(peer, title))]),
  )}`;
}

function compare(title: string, summaries: Summaries) {
  const ours = summaries.get(OURS)?.median;
  if (ours === undefined) throw new Error(`${title}: ${OURS} was not measured`);
  return [...summaries].map(([peer, { median }]) => ({ title, peer, ours, theirs: median }));
}

function show({ median, low, high }: Summary, digits: number): string {
  return `${median.toFixed(digits)} [${low.toFixed(digits)} to ${high.toFixed(digits)}]`;
}

/**
 * Empty for a difference that is less than the noise, as the import of a small module over bare Node may be.
 *
 * @throws RangeError where there is nothing to divide by: a table without a result must not pass for one.
 */
function ratio(value: number, by: number): string {
  if (by < 0) return "";
  const result = value / by;
  if (!Number.isFinite(result)) throw new RangeError(`There is no ratio of ${value} to ${by}`);
  return result.toFixed(2);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) throw new RangeError("A table without a row says nothing");
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "--:"))), ...rows.map(line)].join("\n");
}
