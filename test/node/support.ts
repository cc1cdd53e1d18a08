import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Tokens } from "../../src/index.ts";
import { endWithThisProcess } from "../support/end-with-this-process.ts";

/** An empty folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "angelcam-node-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Tokens with a number in each part, so that a mix of two writes would show. */
export function tokensOf(number: number, scope?: string): Tokens {
  return {
    accessToken: `access-${number}`,
    refreshToken: `refresh-${number}`,
    issuedAt: number,
    expiresAt: number + 3_600_000,
    scope,
  };
}

/** Something to wait for until a test opens it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A process that runs one of the fixtures. It is ended with the test at the latest. */
export interface Child {
  readonly id: number;
  /** The next message that has not been taken yet. Fails when the process ends without one. */
  next(): Promise<unknown>;
  /** How many messages have come from it. */
  readonly received: number;
  /** Sends it a message. */
  send(message: string): void;
  /** Ends the process at once, as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
  /** The exit code, or the name of the signal. */
  readonly ended: Promise<number | string>;
}

/** Starts a process of its own that runs `test/node/fixtures/NAME.ts`. */
export function startChild(fixture: string, ...args: (string | number)[]): Child {
  const child = fork(new URL(`fixtures/${fixture}.ts`, import.meta.url), args.map(String), {
    execArgv: [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  endWithThisProcess(child);
  const messages: unknown[] = [];
  const takers: { take: (message: unknown) => void; fail: (error: Error) => void }[] = [];
  let received = 0;
  child.on("message", (message) => {
    received++;
    const taker = takers.shift();
    if (taker) taker.take(message);
    else messages.push(message);
  });
  let gone = false;
  // The last messages may come after the exit, but before the disconnection.
  const ended = Promise.all([once(child, "exit"), once(child, "disconnect")]).then(([[code, signal]]) => {
    gone = true;
    for (const { fail } of takers) fail(new Error(`${fixture} ended (${code ?? signal}) without a message`));
    return (code ?? signal) as number | string;
  });
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  onTestFinished(kill);
  return {
    id: child.pid ?? 0,
    get received() {
      return received;
    },
    next: () =>
      new Promise((take, fail) => {
        if (messages.length > 0) take(messages.shift());
        else if (gone) fail(new Error(`${fixture} has ended`));
        else takers.push({ take, fail });
      }),
    send: (message) => void child.send(message),
    kill,
    ended,
  };
}
