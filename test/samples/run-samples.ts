import { AsyncLocalStorage } from "node:async_hooks";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { resolvePackageToSource } from "../support/package-source.ts";

// A process that runs samples as they are written: `node world.ts <origin of the mock> <sample> <sample> ...`. Angelcam is
// the mock, "angelcam-client" is the source of this repository, and the environment holds what the samples read from it.
// It prints, as JSON, the requests of each sample and their results.

/** The run of a sample. */
export interface SampleRun {
  readonly file: string;
  readonly requests: readonly SampleRequest[];
  /** The error that it threw, as text. */
  readonly error: string | undefined;
  /** Its output. */
  readonly output: readonly string[];
}

/** A request that a sample sent. */
export interface SampleRequest {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** The violations that the mock found. */
  readonly violations: string | null;
}

const ENVIRONMENT = {
  ANGELCAM_TOKEN: "fe6a3f0c25b84b1c",
  ANGELCAM_ACCESS_TOKEN: "1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ",
  ANGELCAM_CLIENT_ID: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
  ANGELCAM_USERNAME: "user@example.com",
  ANGELCAM_PASSWORD: "secret",
  ANGELCAM_SENSOR_HASH: "h4q0zr81vt",
  ANGELCAM_WEBHOOK_KEY: "a key of our own",
};

interface Recording {
  readonly requests: SampleRequest[];
  readonly output: string[];
}

// Work that a sample leaves running still counts as its own.
const current = new AsyncLocalStorage<Recording>();

if (process.argv[1] === import.meta.filename) {
  const [origin = "", ...files] = process.argv.slice(2);
  prepare(origin);
  const runs: SampleRun[] = [];
  for (const file of files) runs.push(await run(file));
  process.stdout.write(JSON.stringify(runs));
}

function prepare(origin: string): void {
  Object.assign(process.env, ENVIRONMENT);
  resolvePackageToSource();
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const { pathname, search } = new URL(String(input));
    const response = await fetch(`${origin}${pathname}${search}`, init);
    current.getStore()?.requests.push({
      method: init?.method ?? "GET",
      url: String(input),
      status: response.status,
      violations: response.headers.get("sl-violations"),
    });
    return response;
  };
  for (const method of ["log", "error"] as const) {
    console[method] = (...values: unknown[]) => {
      current.getStore()?.output.push(format(...values));
    };
  }
}

async function run(file: string): Promise<SampleRun> {
  const recording: Recording = { requests: [], output: [] };
  const error = await current.run(recording, () =>
    import(pathToFileURL(file).href).then(
      () => undefined,
      (reason: unknown) => `${placeIn(reason, file)}: ${reason}`,
    ),
  );
  return { file, error, ...recording };
}

/** The file of a sample, and the line that threw. */
function placeIn(reason: unknown, file: string): string {
  const [, line = "1"] =
    (reason instanceof Error ? reason.stack : "")?.split(`${pathToFileURL(file).href}:`)[1]?.match(/^(\d+)/) ?? [];
  return `spec/samples/${path.basename(file)}:${line}`;
}
