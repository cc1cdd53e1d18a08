import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { endWithTest } from "../support/end-with-test.ts";

const FIXTURE = fileURLToPath(new URL("fixtures/caller.ts", import.meta.url));

/** A process that shares a token file with others, and calls on demand. */
export class CallerProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #exited: Promise<unknown>;

  constructor(environment: Record<string, string>) {
    this.#child = spawn(process.execPath, [FIXTURE], {
      env: { ...process.env, ...environment },
      stdio: ["pipe", "pipe", "inherit"],
    });
    endWithTest(this.#child);
    const { stdout } = this.#child;
    if (!stdout) throw new Error("the process has no standard output");
    this.#lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
    this.#exited = new Promise((resolve) => this.#child.once("exit", resolve));
  }

  /** Makes a call, and reports what became of it: "ok", an error's code, or "dead". */
  async call(): Promise<string> {
    this.#child.stdin?.write("call\n");
    const { value, done } = await this.#lines.next();
    return done ? "dead" : value;
  }

  /** Kills it as a crash does: nothing is cleaned up. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin?.on("error", () => {});
    await this.kill();
  }
}
