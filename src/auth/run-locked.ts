import { throwIfAborted, waitUnlessAborted } from "../base/abort.ts";
import type { Clock } from "../base/clock.ts";
import { withTimeLimit } from "../base/time-limit.ts";
import { TokenStoreError } from "../errors/client-errors.ts";
import { tookTooLong } from "./session-errors.ts";
import { cannotBeWritten } from "./stored-tokens.ts";
import type { LockedTokenStore, LockOptions, TokenStore } from "./token-store.ts";

/** Milliseconds for the release of a lock whose work has ended. */
const RELEASE_TIMEOUT = 15_000;

/** Work that runs under the lock. A lock may pass nothing to it. */
type Enter = (locked?: LockedTokenStore) => Promise<unknown>;

/** The lock of a store, and what is notified of its failures. */
export interface LockSettings {
  readonly store: TokenStore;
  readonly lock: (enter: Enter, options: LockOptions) => Promise<unknown>;
  readonly clock: Clock;
  /** Ends the wait for the lock, also where the lock does not listen to it. Work that has begun goes on. */
  readonly signal: AbortSignal | undefined;
  /** Called with an error of the lock that fails no work: there is no room for it, or it could not be released. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Runs work once under the lock of a store, and returns its result or throws its error, whatever the lock makes of them. A
 * lock that never comes or is never released does not block the next try. Without room for a lock, the work runs unlocked.
 *
 * @throws TokenStoreError for a lock that ends without the work; the error of the lock; the signal's reason.
 */
export async function runLocked<T>(work: (locked: LockedTokenStore) => Promise<T>, settings: LockSettings): Promise<T> {
  const { store, lock, clock, signal, onFailure } = settings;
  let running: Promise<T> | undefined;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const enter = async (locked: LockedTokenStore = store) => {
    throwIfAborted(signal);
    running ??= work(locked);
    begin();
    return running;
  };
  const locking = lock(enter, { signal });
  try {
    await waitUnlessAborted(Promise.race([begun, locking]), signal);
  } catch (error) {
    if (!running) {
      if (signal?.aborted || !cannotBeWritten(error)) throw error;
      onFailure(error);
      return work(store);
    }
  }
  if (!running) throw new TokenStoreError("lock() of the token store ended without its work.", true);
  let hasFailed = false;
  await running.catch(() => {
    hasFailed = true;
  });
  const tooLate = () => tookTooLong("The release of the token store", RELEASE_TIMEOUT);
  await withTimeLimit(clock, RELEASE_TIMEOUT, undefined, () => locking, tooLate).catch((error) => {
    // A lock passes the error of its work on.
    if (!hasFailed) onFailure(error);
  });
  return running;
}
