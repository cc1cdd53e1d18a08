import { AsyncContext } from "../base/async-context.ts";

/** A part of a session's refresh in which code of the program runs: its store, or `onTokens`. */
interface Scope {
  readonly owner: object;
  readonly outer: Scope | undefined;
  open: boolean;
}

const context = /* @__PURE__ */ new AsyncContext<Scope>();

/**
 * Runs code of the program within a refresh, so that a call which it makes through the same session is recognised: it must
 * not wait for the refresh that waits for it.
 */
export async function runWithinRefresh<T>(owner: object, work: () => Promise<T>): Promise<T> {
  const scope: Scope = { owner, outer: context.value, open: true };
  try {
    return await context.run(scope, work);
  } finally {
    // Code that goes on after the refresh, such as a timer that it has set, waits like everybody else.
    scope.open = false;
  }
}

/**
 * True for a call that comes from the store or `onTokens` of a refresh of this session that is under way.
 *
 * @param otherwise The result where the runtime cannot know.
 */
export function isWithinRefresh(owner: object, otherwise: boolean): boolean {
  if (!context.isSupported) return otherwise;
  for (let scope = context.value; scope; scope = scope.outer) {
    if (scope.owner === owner && scope.open) return true;
  }
  return false;
}
