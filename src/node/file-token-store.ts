import path from "node:path";
import type { LockedTokenStore, LockOptions, TokenStore, Tokens } from "../auth/token-store.ts";
import { AsyncContext } from "../base/async-context.ts";
import { checkOptionNames } from "../base/check-names.ts";
import { checkClock } from "../base/check-type.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { type FileLock, lockFile } from "./file-lock.ts";
import {
  checkFile,
  locate,
  probePrivateFile,
  readPrivateFile,
  removeLeftovers,
  replacePrivateFile,
} from "./private-file.ts";
import { encodeTokens, readTokens } from "./token-file.ts";

/** Milliseconds. Another process that refreshes needs a token request of 30 seconds, and a second one at a busy server. */
const LOCK_TIMEOUT = 60_000;

/** Options of `fileTokenStore`. */
export interface FileTokenStoreOptions {
  /**
   * The longest wait for the lock, in milliseconds. After that the call fails with a `TokenStoreError`.
   *
   * @default 60_000
   */
  lockTimeout?: number | undefined;
  /** The clock of the wait. For tests. */
  clock?: Clock | undefined;
}

/**
 * Keeps tokens in a file, so that a program need not sign in again when it starts, and so that all processes on one
 * machine share one session.
 *
 * - The file is private (mode 0600), and so is its folder if it has to be made (0700). A token file that others may read is
 *   made private when it is read. Windows goes by the rights of the folder instead.
 * - Only a regular file of the user that runs the program is used: no symbolic or hard link, no folder, pipe or device, no
 *   file of another user. Anything else is an error, and is left as it is.
 * - It is replaced in one step: a reader finds the old tokens or the new ones, also after a crash. A file that is mounted
 *   into a container cannot be replaced, and is written in place.
 * - `lock` keeps out all other processes of this machine, and all other threads. It ends with its process, however that
 *   dies, and is never taken from a living one. Where nothing can be made beside the file, it keeps out threads alone.
 *
 * One machine means one set of process ids: containers that share a folder do not see each other's lock, and nor do
 * machines that share a network drive. For those use the store of `angelcam-client/redis`.
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

/** Holds no token itself, so that none is shown when a store is logged. */
class FileTokenStore implements Required<TokenStore> {
  readonly path: string;
  readonly #lockTimeout: number;
  readonly #clock: Clock;
  /** The lock that the calling code holds: other code of this process has to wait for it. */
  readonly #lock = new AsyncContext<FileLock>();

  constructor(file: string, options: FileTokenStoreOptions) {
    checkOptionNames("fileTokenStore", options, ["lockTimeout", "clock"]);
    const { lockTimeout = LOCK_TIMEOUT, clock = systemClock } = options;
    checkClock("fileTokenStore: ", clock);
    if (typeof file !== "string" || file === "") throw new TypeError("fileTokenStore needs the path of a file");
    if (!Number.isFinite(lockTimeout) || lockTimeout <= 0) {
      throw new RangeError("lockTimeout must be a number of milliseconds above 0");
    }
    this.path = path.resolve(file);
    this.#lockTimeout = lockTimeout;
    this.#clock = clock;
  }

  read(): Promise<Tokens | undefined> {
    return readPrivateFile(this.path, (text) => readTokens(text, this.path));
  }

  /** Waits for the lock where the caller does not hold it. */
  async write(tokens: Tokens): Promise<void> {
    const lock = this.#heldLock();
    if (lock) return this.#replace(tokens, lock);
    await checkFile(this.path, "write");
    await this.lock((locked) => locked.write(tokens));
  }

  async lock<T>(work: (locked: LockedTokenStore) => Promise<T>, { signal }: LockOptions = {}): Promise<T> {
    const held = this.#heldLock();
    if (held) return work(this.#under(held));
    const file = await locate(this.path);
    const lock = await lockFile(file, { timeout: this.#lockTimeout, clock: this.#clock, signal });
    try {
      await removeLeftovers(file);
      return await this.#lock.run(lock, () => work(this.#under(lock)));
    } finally {
      lock.release();
    }
  }

  #under(lock: FileLock): Required<LockedTokenStore> {
    return {
      read: () => this.read(),
      write: (tokens) => this.#replace(tokens, lock),
      verify: async () => {
        lock.check();
        await probePrivateFile(this.path);
      },
    };
  }

  async #replace(tokens: Tokens, lock: FileLock): Promise<void> {
    await replacePrivateFile(await locate(this.path), encodeTokens(tokens), () => lock.check());
  }

  #heldLock(): FileLock | undefined {
    const lock = this.#lock.value;
    return lock?.released ? undefined : lock;
  }
}
