/** A stretch of a session's refresh in which code of the program runs: its store, or `onTokens`. */
interface Scope {
  readonly owner: object;
  readonly outer: Scope | undefined;
  open: boolean;
}

interface Storage {
  run<T>(scope: Scope, work: () => T): T;
  getStore(): Scope | undefined;
  disable(): void;
}

/** Undefined as long as it was not looked for, null where the runtime has none: a browser. */
let storage: Storage | null | undefined;

/** How many stretches are open, of all sessions. */
let openScopes = 0;

/**
 * Runs code of the program within a refresh, so that a call which it makes through the same session is recognised: it must
 * not wait for the refresh that waits for it.
 */
export async function runWithinRefresh<T>(owner: object, work: () => Promise<T>): Promise<T> {
  const local = findStorage();
  if (!local) return work();
  const scope: Scope = { owner, outer: local.getStore(), open: true };
  openScopes++;
  try {
    return await local.run(scope, work);
  } finally {
    // Code that goes on after the refresh, such as a timer that it has set, waits like everybody else.
    scope.open = false;
    openScopes--;
    if (openScopes === 0) release(local);
  }
}

/**
 * True for a call that comes from the store or `onTokens` of a refresh of this session that is under way.
 *
 * @param otherwise The result where the runtime cannot know.
 */
export function isWithinRefresh(owner: object, otherwise: boolean): boolean {
  // Looked up at each call: as long as no refresh has run, there is nothing to look for.
  if (storage === null) return otherwise;
  for (let scope = storage?.getStore(); scope; scope = scope.outer) {
    if (scope.owner === owner && scope.open) return true;
  }
  return false;
}

/** A storage in use makes every promise of the program slower on Node before 24. It is in use again at the next run. */
function release(local: Storage): void {
  try {
    local.disable();
  } catch {
    // workerd has the method and throws. A storage costs nothing there.
  }
}

/** `AsyncLocalStorage`, found without an import, which a bundler for browsers could not resolve. */
function findStorage(): Storage | null {
  if (storage !== undefined) return storage;
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const hooks = process?.getBuiltinModule?.("node:async_hooks") as
    | { AsyncLocalStorage?: new () => Storage }
    | undefined;
  storage = hooks?.AsyncLocalStorage ? new hooks.AsyncLocalStorage() : null;
  return storage;
}
