import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { copyFile, mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Announcement } from "./announce.ts";
import { PrismError } from "./prism-error.ts";

/** Beside this file, with its ending: `.ts` in this project, `.js` in the package. */
const ANNOUNCE = new URL(`announce${path.extname(import.meta.url)}`, import.meta.url).href;
const HOST = "127.0.0.1";

/** Milliseconds until a Prism that has not started counts as stuck; it needs one or two. */
const LONGEST_START = 60_000;

/** Milliseconds between asking Prism to end and making it. */
const GRACE = 2_000;

/** Options of `startPrism`. */
export interface PrismOptions {
  /** File of the OpenAPI document. */
  document: string;
  /**
   * Port to listen on; 0 for any free one. On a given port Prism reloads the document when the file changes. On a
   * free one it serves a copy, because with a new document it would move to another port.
   *
   * @default 0
   */
  port?: number | undefined;
  /**
   * How much Prism says: with `info` each request, at half the speed.
   *
   * @default "error"
   */
  log?: "error" | "info" | undefined;
  /** Called with the output of Prism once it listens. */
  onOutput?: ((text: string) => void) | undefined;
  /** Ends the start when it aborts. */
  signal?: AbortSignal | undefined;
}

/** How a mock ended. */
export interface PrismExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A mock that listens. It ends with `stop()`, at the end of an `await using` block, or with this process. */
export interface Prism extends AsyncDisposable {
  /** `http://127.0.0.1:4010`. */
  readonly origin: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the mock has ended, for any reason. */
  readonly exited: Promise<PrismExit>;
  /** Ends the mock and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts Prism as a child process and waits until it listens.
 *
 * @throws PrismError when the port is taken, or with what Prism printed when it did not come up.
 * @example
 * ```ts
 * await using prism = await startPrism({ document: "generated/openapi.json" });
 * const angelcam = new Angelcam({ baseUrl: prism.origin, auth: bearerToken("anything") });
 * ```
 */
export async function startPrism(options: PrismOptions): Promise<Prism> {
  const { document, port = 0, log = "error", signal } = options;
  signal?.throwIfAborted();
  if (!existsSync(document)) {
    throw new PrismError("not-started", `There is no document ${document}. Make it with: npm run generate`);
  }
  const program = locatePrism();
  const folder = port === 0 ? await copyToFolder(document) : undefined;
  const served = folder ? path.join(folder, path.basename(document)) : document;
  return listening(launch(program, ["-h", HOST, "-p", String(port), "-v", log, served], folder), options);
}

/** @throws PrismError where no folder can be made, as in a container whose files are read-only. */
async function copyToFolder(document: string): Promise<string> {
  try {
    const folder = await mkdtemp(path.join(tmpdir(), "angelcam-mock-"));
    await copyFile(document, path.join(folder, path.basename(document)));
    return folder;
  } catch (error) {
    const problem = `The mock needs a folder for its copy of the document: ${(error as Error).message}.`;
    throw new PrismError("not-started", `${problem} Name one that can be written to in TMPDIR.`);
  }
}

/** @throws PrismError when Prism is not installed: it is an optional part of the package. */
function locatePrism(): string {
  try {
    return createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
  } catch {
    throw new PrismError(
      "not-installed",
      "The mock needs Prism, which is not installed. Install it: npm install --save-dev @stoplight/prism-cli@5.16.0\n" +
        "It needs Node 24.18 or newer. The sandbox needs neither: npx angelcam-sandbox",
    );
  }
}

/** @param folder What to remove when the process has ended: Prism looks at its document as long as it runs. */
function launch(program: string, options: readonly string[], folder: string | undefined): ChildProcess {
  const child = spawn(process.execPath, ["--import", ANNOUNCE, program, "mock", "--errors", ...options], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ANGELCAM_MOCK_FOLDER: folder },
  });
  const forget = () => folder && rmSync(folder, { recursive: true, force: true });
  // The end of the channel ends Prism too, but a moment later than this.
  const kill = () => {
    child.kill("SIGKILL");
    forget();
  };
  process.once("exit", kill);
  child.once("exit", () => {
    process.off("exit", kill);
    forget();
  });
  child.stdout?.setEncoding("utf8");
  child.stderr?.setEncoding("utf8");
  return child;
}

async function listening(child: ChildProcess, options: PrismOptions): Promise<Prism> {
  let output = "";
  let pass = (text: string): void => {
    output += text;
  };
  child.stdout?.on("data", (text: string) => pass(text));
  child.stderr?.on("data", (text: string) => pass(text));
  const exited = exitOf(child);
  const stop = () => end(child, exited);
  try {
    const port = await announcedPort(child, exited, options, () => output);
    pass = options.onOutput ?? (() => {});
    const origin = `http://${HOST}:${port}`;
    return { origin, port, pid: child.pid ?? 0, exited, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function announcedPort(
  child: ChildProcess,
  exited: Promise<PrismExit>,
  { port = 0, signal }: PrismOptions,
  output: () => string,
): Promise<number> {
  const settled = new AbortController();
  const announced = new Promise<number>((resolve, reject) => {
    const fail = (what: string) => reject(new PrismError("not-started", `${what}\n${withoutHelp(output())}`.trimEnd()));
    const seconds = LONGEST_START / 1000;
    const timer = setTimeout(() => fail(`The mock did not listen within ${seconds} seconds.`), LONGEST_START);
    settled.signal.addEventListener("abort", () => clearTimeout(timer));
    const abort = () => reject(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { signal: settled.signal });
    child.once("error", (error) => fail(`The mock could not be started: ${error.message}`));
    child.on("message", (announcement: Announcement) => {
      if ("port" in announcement) resolve(announcement.port);
      else if (announcement.code === "EADDRINUSE") reject(portTaken(port));
      else fail(`The mock cannot listen on port ${port}: ${announcement.code}.`);
    });
    exited.then((exit) => fail(`The mock ended with ${exit.signal ?? `code ${exit.code}`} before it listened.`));
  });
  return announced.finally(() => settled.abort());
}

function portTaken(port: number): PrismError {
  return new PrismError(
    "port-taken",
    `Port ${port} is taken by another program. Choose another one, or 0 for any free one.`,
  );
}

function exitOf(child: ChildProcess): Promise<PrismExit> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
}

async function end(child: ChildProcess, exited: Promise<PrismExit>): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE);
  await exited;
  clearTimeout(timer);
}

/** Behind every error Prism prints how it is used, which does not help a user who did not type its command. */
function withoutHelp(output: string): string {
  return output.split(/^prism mock /m)[0] ?? "";
}
