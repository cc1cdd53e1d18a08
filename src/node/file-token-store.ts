import { AsyncLocalStorage } from "node:async_hooks";
import path from "node:path";
import type { TokenStore, Tokens } from "../auth/token-store.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { type FileLock, lockFile } from "./file-lock.ts";
import { locate, readPrivateFile, removeLeftovers, replacePrivateFile } from "./private-file.ts";
import { encodeTokens, readTokens } from "./token-file.ts";

/** A sibling that renews may need a whole token request, 30 seconds, and a second one where the server was busy. */
const LOCK_TIMEOUT = 60_000;

/** What a file of tokens can be told. */
export interface FileTokenStoreOptions {
  /**
   * The longest wait for the lock, in milliseconds. After that the call fails with a `TokenStoreError`.
   *
   * @default 60_000
   */
  lockTimeout?: number | undefined;
  /** Where the wait takes its time from. For tests. */
  clock?: Clock | undefined;
}

/**
 * Keeps tokens in a file, so that a program need not sign in again when it starts, and so that all processes on one
 * machine share one session.
 *
 * - The file is private (mode 0600), and so is its folder if it has to be made (0700). A file that others may read is
 *   made private when it is read. Windows goes by the rights of the folder instead.
 * - It is replaced in one step: a reader finds the old tokens or the new ones, also after a crash.
 * - `lock` keeps out all other processes of this machine. It ends with its process, however that dies, and is never
 *   taken from a living one.
 *
 * One machine means one set of process ids: containers that share a folder do not see each other's lock, and nor do
 * machines that share a network drive. For those use the store of `angelcam-client/redis`. Worker threads are kept apart
 * from Node 24.5 on.
 *
 * @param file The path of the file. It need not exist yet.
 * @throws TypeError or RangeError for a bad argument. The methods throw `TokenStoreError`.
 *
 * @example
 * ```ts
 * import { fileTokenStore } from "angelcam-client/node";
 *
 * const session = new OAuthSession({ clientId, grant, store: fileTokenStore("/var/lib/cameras/tokens.json") });
 * ```
 */
export function fileTokenStore(file: string, options: FileTokenStoreOptions = {}): Required<TokenStore> {
  return new FileTokenStore(file, options);
}

/** Holds no token itself, so that nothing shows one when a store is logged. */
class FileTokenStore implements Required<TokenStore> {
  readonly path: string;
  readonly #lockTimeout: number;
  readonly #clock: Clock;
  /** The lock that the code which asks stands under: other code of this process has to wait like everybody else. */
  readonly #lock = new AsyncLocalStorage<FileLock>();

  constructor(file: string, { lockTimeout = LOCK_TIMEOUT, clock = systemClock }: FileTokenStoreOptions) {
    if (typeof file !== "string" || file === "") throw new TypeError("fileTokenStore needs the path of a file");
    if (!Number.isFinite(lockTimeout) || lockTimeout <= 0) {
      throw new RangeError("lockTimeout must be a number of milliseconds above 0");
    }
    this.path = path.resolve(file);
    this.#lockTimeout = lockTimeout;
    this.#clock = clock;
  }

  async read(): Promise<Tokens | undefined> {
    const text = await readPrivateFile(this.path);
    return text === undefined ? undefined : readTokens(text, this.path);
  }

  /** Waits for the lock where the caller does not have it. */
  async write(tokens: Tokens): Promise<void> {
    const lock = this.#heldLock();
    if (!lock) return this.lock(() => this.write(tokens));
    await replacePrivateFile(await locate(this.path), encodeTokens(tokens), () => lock.check());
  }

  async lock<T>(work: () => Promise<T>): Promise<T> {
    if (this.#heldLock()) return work();
    const file = await locate(this.path);
    const lock = await lockFile(file, { timeout: this.#lockTimeout, clock: this.#clock });
    try {
      await removeLeftovers(file);
      return await this.#lock.run(lock, work);
    } finally {
      lock.release();
    }
  }

  #heldLock(): FileLock | undefined {
    const lock = this.#lock.getStore();
    return lock?.released ? undefined : lock;
  }
}
