import * as contract from "angelcam-client/contract";
import * as webhooks from "angelcam-client/webhooks";
import { transform } from "sucrase";
import type { RunEvent, RunRequest } from "../messages.ts";
import { format, formatTable } from "./format.ts";
import { createNodeModules } from "./node-modules.ts";
import { programTimers } from "./program-timers.ts";
import { createWorld } from "./world.ts";

/** The name of the program in stack traces. */
const FILE = "program.ts";

/** The lines that the engine puts before the body of a function that is made from text. */
const LINES_BEFORE = 2;

/** The most lines that a program may print, so that an endless loop cannot flood the page. */
const MOST_LINES = 1_000;

/** Virtual milliseconds between two looks at whether the timers and requests of a program have ended. */
const PAUSE = 400;

type Program = (...values: unknown[]) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => Program;

const post = (event: RunEvent) => postMessage(event);

addEventListener("message", ({ data }: MessageEvent<RunRequest>) => void run(data));
addEventListener("error", (event) => {
  event.preventDefault();
  fail(event.error);
});
addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  fail(event.reason);
});
post({ type: "ready" });

/** Runs a program to its end, its tests included, and reports what it does. */
async function run({ code, faults }: RunRequest): Promise<void> {
  try {
    const world = createWorld(faults, post);
    const node = createNodeModules();
    const modules: Record<string, object> = {
      "angelcam-client/contract": contract,
      "angelcam-client/webhooks": webhooks,
      ...node.modules,
      ...world.modules,
    };
    globalThis.fetch = world.fetch;
    const require = (name: string) => {
      const found = modules[name];
      if (!found) throw new Error(`The playground has no module ${name}. It has ${Object.keys(modules).join(", ")}.`);
      return new Proxy({ __esModule: true, ...found }, { get: (exports, key) => exportOf(name, exports, key) });
    };
    const { code: script } = transform(code, {
      transforms: ["typescript", "imports"],
      disableESTransforms: true,
      filePath: FILE,
    });
    const timers = programTimers();
    const environment = { ...world.environment };
    const globals = { require, exports: {}, process: { env: environment }, console: consoleOf(), ...timers.functions };
    const program = new AsyncFunction(...Object.keys(globals), `${script}\n//# sourceURL=${FILE}`);
    await program(...Object.values(globals));
    for (const { name, body } of node.tests) {
      await body();
      post({ type: "console", level: "log", text: `✔ ${name}` });
    }
    for (const body of node.afterTests) await body();
    do await new Promise((resolve) => setTimeout(resolve, PAUSE));
    while (timers.pending.size > 0 || world.isBusy());
    world.report();
    post({ type: "done" });
  } catch (error) {
    fail(error);
  }
}

/** An error that is not caught ends the program, as in Node. */
function fail(error: unknown): void {
  post({ type: "done", error: { message: format(error), ...lineOf(error) } });
}

/** A name that a module does not export is an error, as in Node. `then` is read to find out whether it is a promise. */
function exportOf(module: string, exports: object, key: string | symbol): unknown {
  if (key in exports || key === "then" || typeof key === "symbol") return Reflect.get(exports, key);
  throw new Error(
    `${module} has no export ${key} in the playground. It has ${Object.keys(exports).slice(1).join(", ")}.`,
  );
}

function consoleOf(): Console {
  let lines = 0;
  const write =
    (level: "log" | "warn" | "error") =>
    (...values: unknown[]) => {
      lines++;
      if (lines > MOST_LINES) throw new Error(`The program printed more than ${MOST_LINES} lines`);
      post({ type: "console", level, text: values.map(format).join(" ") });
    };
  const log = write("log");
  const error = write("error");
  const table = (rows: unknown, columns?: readonly string[]) => log(formatTable(rows, columns));
  const dir = (value: unknown) => log(value);
  const assert = (holds?: boolean, ...values: unknown[]) => {
    if (!holds) error("Assertion failed:", ...values);
  };
  // The other methods, such as `time`, write to the console of the browser.
  return {
    ...console,
    log,
    info: log,
    debug: log,
    dir,
    group: log,
    trace: log,
    table,
    assert,
    warn: write("warn"),
    error,
  };
}

/** The line of the program that a stack trace or a syntax error names. */
function lineOf(error: unknown): { line?: number } {
  const { stack = "", loc } = Object(error) as { stack?: string; loc?: { line: number } };
  if (loc) return { line: loc.line };
  const [, line] = new RegExp(`${FILE.replace(".", "\\.")}:(\\d+)`).exec(stack) ?? [];
  return line === undefined ? {} : { line: Number(line) - LINES_BEFORE };
}
