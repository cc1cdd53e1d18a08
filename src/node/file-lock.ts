import { statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { type Clock, pause } from "../base/clock.ts";
import { withDeadline } from "../base/time-limit.ts";
import { TokenStoreError } from "../errors/client-errors.ts";
import type { LockFileOfProcess } from "./lock-file.ts";
import { isWritable, storeError } from "./private-file.ts";
import { tryLockThread } from "./thread-lock.ts";

/**
 * Milliseconds between two tries to take a lock that another one has: a random time, so that waiters do not meet, and longer
 * the longer it takes. A try costs about 0.3 ms, and the longest pause is what a killed process costs those that wait.
 */
const SHORTEST_PAUSE = 5;
const FIRST_SPREAD = 20;
const LONGEST_SPREAD = 200;

/** Codes of a folder in which this process may not make a file, though the token file in it may be writable. */
const NO_ROOM_BESIDE: readonly unknown[] = ["EACCES", "EPERM", "EROFS"];

/** How long to wait for a lock, and by which clock. */
export interface WaitForLock {
  readonly timeout: number;
  readonly clock: Clock;
  /** Ends the wait earlier. */
  readonly signal?: AbortSignal | undefined;
}

/** The lock of a file, held by this process until it is released. */
export class FileLock {
  readonly #file: string;
  readonly #lock: LockFileOfProcess | undefined;
  readonly #leaveThread: () => void;
  readonly #identity: number | undefined;
  #released = false;

  /** @param lock Undefined where no lock file can be made: then only the threads of this process are kept apart. */
  constructor(file: string, lock: LockFileOfProcess | undefined, leaveThread: () => void) {
    this.#file = file;
    this.#lock = lock;
    this.#leaveThread = leaveThread;
    this.#identity = lock && this.#identityNow(lock);
  }

  get released(): boolean {
    return this.#released;
  }

  /** @throws TokenStoreError when the lock has been taken away, or cannot be looked at any more. */
  check(): void {
    if (!this.#lock && !this.#released) return;
    if (this.#lock && this.#identity !== undefined && this.#identityNow(this.#lock) === this.#identity) return;
    throw new TokenStoreError(
      `The lock of ${this.#file} was lost, so the file was left as it is: another process may have written newer tokens. Read them again. Was a .lock file removed by hand, or is the folder shared with another machine or container?`,
      true,
    );
  }

  #identityNow({ filePath }: LockFileOfProcess): number | undefined {
    try {
      return statSync(filePath, { throwIfNoEntry: false })?.ino;
    } catch (error) {
      throw storeError("lock", this.#file, error);
    }
  }

  /** Never fails: the work is done, and a lock that stays behind ends with this process. */
  release(): void {
    this.#released = true;
    try {
      this.#lock?.release();
    } catch {
      // Others wait until their own time limit.
    } finally {
      this.#leaveThread();
    }
  }
}

/**
 * Waits for the lock of a file among the threads of this process and all processes of this machine.
 *
 * @throws TokenStoreError when the wait is over and another one still has the lock; the signal's reason when it aborts.
 */
export async function lockFile(file: string, { timeout, clock, signal }: WaitForLock): Promise<FileLock> {
  signal?.throwIfAborted();
  const tooLate = new Error("the wait for the lock is over");
  const lock = async (wait: AbortSignal) => {
    const leaveThread = await poll(clock, wait, () => tryLockThread(file));
    try {
      return new FileLock(file, await waitForProcesses(file, clock, wait), leaveThread);
    } catch (error) {
      leaveThread();
      throw error;
    }
  };
  try {
    return await withDeadline(clock, timeout, signal, lock, () => tooLate);
  } catch (error) {
    throw error === tooLate ? await stillLocked(file, timeout) : error;
  }
}

/** The lock file of this process, or undefined where only the token file itself can be written. */
async function waitForProcesses(
  file: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<LockFileOfProcess | undefined> {
  // Loaded when it is needed: a program that finds live tokens in its file never takes the lock.
  const { tryLockFile } = await import("./lock-file.ts");
  try {
    return await poll(clock, signal, () => tryLockFile(path.dirname(file), nameOfLock(file)));
  } catch (error) {
    if (error === signal.reason) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (NO_ROOM_BESIDE.includes(code) && (await isWritable(file))) return undefined;
    throw storeError("lock", file, error);
  }
}

async function poll<T>(
  clock: Clock,
  signal: AbortSignal,
  attempt: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  for (let spread = FIRST_SPREAD; ; spread = Math.min(spread * 1.2, LONGEST_SPREAD)) {
    signal.throwIfAborted();
    const taken = await attempt();
    if (taken !== undefined) return taken;
    await pause(clock, SHORTEST_PAUSE + Math.random() * spread, signal);
  }
}

async function stillLocked(file: string, timeout: number): Promise<TokenStoreError> {
  const { processOfLockFile } = await import("./lock-file.ts");
  const names = await readdir(path.dirname(file)).catch(() => []);
  const holders = names.map((name) => processOfLockFile(name, nameOfLock(file))).filter((id) => id !== undefined);
  const holder = holders.length > 0 ? ` (process ${holders.join(", ")})` : "";
  return new TokenStoreError(
    `Waited ${timeout} ms for the lock of ${file}, which another process or thread still holds${holder}. Try again, let that work end, or give fileTokenStore a longer lockTimeout.`,
    true,
  );
}

/** The lock library knows only simple names. Two files that come to share a name wait for each other, no more. */
function nameOfLock(file: string): string {
  const name = path.basename(file).replace(/[^a-zA-Z0-9.-]/g, "-");
  return /^[a-zA-Z0-9].*[a-zA-Z0-9]$/.test(name) && name.length > 2 ? name : `tokens-${name}-file`;
}
