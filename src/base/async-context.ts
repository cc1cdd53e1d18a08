/** `AsyncLocalStorage` of Node, as far as it is used here. */
interface Storage<T> {
  run<R>(value: T, work: () => R): R;
  getStore(): T | undefined;
  disable(): void;
}

/**
 * Passes a value to all code that `run` calls, at any depth and after any `await`: an `AsyncLocalStorage` that is switched off
 * while no such code runs. One that is in use makes every promise of a program slower on Node before 24.
 */
export class AsyncContext<T> {
  /** Undefined as long as it was not looked for, null where the runtime has none: a browser. */
  #storage: Storage<T> | null | undefined;
  #running = 0;

  /** False where `value` never knows anything; true until the first `run`, before which there is nothing to know. */
  get isSupported(): boolean {
    return this.#storage !== null;
  }

  /** The value of the innermost `run` that the calling code belongs to. */
  get value(): T | undefined {
    return this.#storage?.getStore();
  }

  /** Runs work that finds the value. */
  async run<R>(value: T, work: () => Promise<R>): Promise<R> {
    this.#storage ??= findStorage();
    if (!this.#storage) return work();
    this.#running++;
    try {
      return await this.#storage.run(value, work);
    } finally {
      this.#running--;
      if (this.#running === 0) disable(this.#storage);
    }
  }
}

/** It is in use again at the next `run`. */
function disable(storage: Pick<Storage<unknown>, "disable">): void {
  try {
    storage.disable();
  } catch {
    // workerd has the method and throws. A storage costs nothing there.
  }
}

/** Found without an import, which a bundler for browsers could not resolve. */
function findStorage<T>(): Storage<T> | null {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const hooks = process?.getBuiltinModule?.("node:async_hooks") as
    | { AsyncLocalStorage?: new () => Storage<T> }
    | undefined;
  return hooks?.AsyncLocalStorage ? new hooks.AsyncLocalStorage() : null;
}
