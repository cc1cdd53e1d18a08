import path from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { resolvePackageToSource } from "../support/package-source.ts";

// A process that runs programs one after the other: `node run-programs.ts <origin of the mock> <program> <program> ...`.
// For each one Angelcam is a new sandbox, and the environment holds what the programs read from it. It prints, as JSON,
// the outcome of each.

/** The outcome of a program. */
export interface ProgramRun {
  readonly file: string;
  /** The error with its stack, or the warning that it printed. */
  readonly fault: string | undefined;
  /** Its output. */
  readonly output: string;
  /** How many requests reached Angelcam or the mock. */
  readonly requests: number;
}

/** The mock, as the guides know it. */
const MOCK = "http://127.0.0.1:4010";

/** How much faster the timers of the programs run, and the time of the sandbox, so that no program waits long for a clip. */
const TIMERS = 20;
const SANDBOX = 100;

const [origin = "", ...files] = process.argv.slice(2);
const { fetch } = globalThis;
let output: string[] = [];
let complaints: string[] = [];
// The client takes the timers that it finds when it is loaded.
const { setTimeout } = globalThis;
globalThis.setTimeout = Object.assign(
  (callback: (...values: unknown[]) => void, milliseconds = 0, ...values: unknown[]) =>
    setTimeout(callback, milliseconds / TIMERS, ...values),
  setTimeout,
);
const { createSandbox } = await import("../../src/sandbox/index.ts");
resolvePackageToSource();
for (const method of ["log", "info", "table"] as const) {
  console[method] = (...values: unknown[]) => void output.push(format(...values));
}
for (const method of ["warn", "error"] as const) {
  console[method] = (...values: unknown[]) => void complaints.push(format(...values));
}
for (const event of ["uncaughtException", "unhandledRejection"])
  process.on(event, (error) => complaints.push(text(error)));

const runs: ProgramRun[] = [];
for (const file of files) runs.push(await run(file));
process.stdout.write(JSON.stringify(runs), () => process.exit(0));

async function run(file: string): Promise<ProgramRun> {
  [output, complaints] = [[], []];
  const count = enterWorld();
  process.chdir(path.dirname(file));
  try {
    await import(pathToFileURL(file).href);
    // An error outside of the import is reported one turn of the event loop later.
    await new Promise((resolve) => setImmediate(resolve));
  } catch (error) {
    complaints.push(text(error));
  }
  return { file, fault: complaints.join("\n") || undefined, output: output.join("\n"), requests: count() };
}

/** Creates a new sandbox with the data that the guides use. Returns a function that counts the requests. */
function enterWorld(): () => number {
  // Noon of the day that the blocks speak of.
  const started = Date.now();
  const noon = Date.parse("2026-11-24T12:00:00Z");
  const sandbox = createSandbox({
    quota: false,
    clock: { now: () => noon + (Date.now() - started) * SANDBOX },
  });
  if (!sandbox.cameras.get(20311)) sandbox.cameras.add({ id: 20311 }, 0);
  for (const { id } of sandbox.recordings.of(20311)) {
    sandbox.recordings.setFootage(id, [{ start: "2026-11-17T06:00:00Z", end: "2026-11-24T12:00:00Z" }]);
  }
  let mocked = 0;
  globalThis.fetch = (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    if (!url.startsWith(MOCK)) return sandbox.fetch(input, init);
    mocked++;
    return fetch(url.replace(MOCK, origin), init);
  };
  const { username, password } = sandbox.account;
  Object.assign(process.env, {
    ANGELCAM_CLIENT_ID: sandbox.client.clientId,
    ANGELCAM_CLIENT_SECRET: sandbox.client.clientSecret,
    ANGELCAM_USERNAME: username,
    ANGELCAM_PASSWORD: password,
    ANGELCAM_TOKEN: sandbox.tokens.personalAccessToken(),
    ANGELCAM_SENSOR_HASH: sandbox.cameras.get(20311)?.event_api_hash ?? "",
    REFRESH_TOKEN: sandbox.tokens.signIn().refresh_token,
    CODE: sandbox.authorize({ redirectUri: "https://app.example.com/angelcam/callback" }),
  });
  return () => mocked + sandbox.requests.length;
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : format(error);
}
