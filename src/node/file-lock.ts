import { statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { type Clock, pause } from "../base/clock.ts";
import { TokenStoreError } from "../errors/client-errors.ts";
import type { LockFileOfProcess } from "./lock-file.ts";
import { failed } from "./private-file.ts";

/**
 * Milliseconds between two looks at a lock that is taken: a random time, so that waiters do not meet, and longer the
 * longer it takes. A look costs about 0.3 ms, and the longest pause is what a killed process costs those that wait.
 */
const SHORTEST_PAUSE = 5;
const FIRST_SPREAD = 20;
const LONGEST_SPREAD = 200;

/** How long to wait for a lock, and by which clock. */
export interface WaitForLock {
  readonly timeout: number;
  readonly clock: Clock;
}

/** The lock of a file, held by this process until it is released. */
export class FileLock {
  readonly #file: string;
  readonly #lock: LockFileOfProcess;
  readonly #leaveThread: () => void;
  readonly #identity: number | undefined;
  #released = false;

  constructor(file: string, lock: LockFileOfProcess, leaveThread: () => void) {
    this.#file = file;
    this.#lock = lock;
    this.#leaveThread = leaveThread;
    this.#identity = identityOf(lock.filePath);
  }

  get released(): boolean {
    return this.#released;
  }

  /** @throws TokenStoreError when the lock has been taken away. */
  check(): void {
    if (this.#identity !== undefined && identityOf(this.#lock.filePath) === this.#identity) return;
    throw new TokenStoreError(
      `The lock of ${this.#file} was lost, so the file was left as it is: another process may have written newer tokens. Read them again. Was a .lock file removed by hand, or is the folder shared with another machine or container?`,
      true,
    );
  }

  /** Never fails: the work is done, and a lock that stays behind ends with this process. */
  release(): void {
    this.#released = true;
    try {
      this.#lock.release();
    } catch {
      // Whoever waits is told by their own time limit.
    } finally {
      this.#leaveThread();
    }
  }
}

/**
 * Waits for the lock of a file among the threads of this process and all processes of this machine.
 *
 * @throws TokenStoreError when the wait is over and the lock is still taken.
 */
export async function lockFile(file: string, { timeout, clock }: WaitForLock): Promise<FileLock> {
  const wait = new AbortController();
  // This timer also keeps the process alive while it waits for another thread.
  const timer = clock.setTimeout(() => wait.abort(), timeout);
  let leaveThread = () => {};
  try {
    leaveThread = await enterThread(file, wait.signal);
    return new FileLock(file, await waitForProcesses(file, clock, wait.signal), leaveThread);
  } catch (error) {
    leaveThread();
    throw error === wait.signal.reason ? await stillLocked(file, timeout) : error;
  } finally {
    clock.clearTimeout(timer);
  }
}

async function waitForProcesses(file: string, clock: Clock, signal: AbortSignal): Promise<LockFileOfProcess> {
  // Loaded when it is needed: a program that finds live tokens in its file never asks for the lock.
  const { tryLockFile } = await import("./lock-file.ts");
  for (let spread = FIRST_SPREAD; ; spread = Math.min(spread * 1.2, LONGEST_SPREAD)) {
    const lock = attempt(() => tryLockFile(path.dirname(file), nameOfLock(file)), file);
    if (lock) return lock;
    await pause(clock, SHORTEST_PAUSE + Math.random() * spread, signal);
  }
}

function attempt<T>(take: () => T, file: string): T {
  try {
    return take();
  } catch (error) {
    throw failed("lock", file, error);
  }
}

/**
 * Keeps the threads of one process apart, which share the process id that the lock file goes by. Node has web locks since
 * 24.5; before that, and in Bun, the lock holds among processes and within one thread.
 */
function enterThread(file: string, signal: AbortSignal): Promise<() => void> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return Promise.resolve(() => {});
  return new Promise((entered, failed) => {
    locks.request(`angelcam-client ${file}`, { signal }, () => new Promise<void>(entered)).catch(failed);
  });
}

async function stillLocked(file: string, timeout: number): Promise<TokenStoreError> {
  const { processOfLockFile } = await import("./lock-file.ts");
  const names = await readdir(path.dirname(file)).catch(() => []);
  const holders = names.map((name) => processOfLockFile(name, nameOfLock(file))).filter((id) => id !== undefined);
  const who = holders.length > 0 ? ` (process ${holders.join(", ")})` : "";
  return new TokenStoreError(
    `Waited ${timeout} ms for the lock of ${file}, which somebody else still holds${who}. Try again, let that work end, or give fileTokenStore a longer lockTimeout.`,
    true,
  );
}

/** The lock library knows only simple names. Two files that come to share a name wait for each other, no more. */
function nameOfLock(file: string): string {
  const name = path.basename(file).replace(/[^a-zA-Z0-9.-]/g, "-");
  return /^[a-zA-Z0-9].*[a-zA-Z0-9]$/.test(name) && name.length > 2 ? name : `tokens-${name}-file`;
}

function identityOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}
