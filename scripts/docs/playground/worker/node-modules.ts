import { memoryTokenStore, type TokenStore } from "angelcam-client";
import { format } from "./format.ts";

// Stand-ins for the modules of Node that the guides use: files and token stores live in memory.

/** A test that the program has defined. */
export interface DefinedTest {
  readonly name: string;
  readonly body: () => unknown;
}

/** The modules, and the tests that `node:test` has collected. */
export interface NodeModules {
  readonly modules: Readonly<Record<string, object>>;
  readonly tests: DefinedTest[];
  /** What the program wants to run behind its tests. */
  readonly afterTests: (() => unknown)[];
}

/** New modules for a run. */
export function createNodeModules(): NodeModules {
  const tests: DefinedTest[] = [];
  const afterTests: (() => unknown)[] = [];
  const after = (body: () => unknown) => void afterTests.push(body);
  const files = new Map<string, string>();
  const stores = new Map<string, TokenStore>();
  const test = (name: string, body: () => unknown) => void tests.push({ name, body });
  const readFile = async (path: string) => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
    return text;
  };
  const fileTokenStore = (path: string) => {
    const store = stores.get(path) ?? memoryTokenStore();
    stores.set(path, store);
    return store;
  };
  return {
    tests,
    afterTests,
    modules: {
      "node:test": { default: test, test, it: test, after },
      "node:assert/strict": { ...assert, default: assert },
      "node:fs/promises": { readFile, writeFile: async (path: string, text: string) => void files.set(path, text) },
      "angelcam-client/node": { fileTokenStore },
    },
  };
}

function ok(value: unknown, message = `${format(value)} is not truthy`): void {
  if (!value) throw new AssertionError(message);
}

function deepEqual(actual: unknown, expected: unknown, message?: string): void {
  if (!isEqual(actual, expected)) throw new AssertionError(message || `${format(actual)} is not ${format(expected)}`);
}

function equal(actual: unknown, expected: unknown, message?: string): void {
  if (!Object.is(actual, expected)) throw new AssertionError(message || `${format(actual)} is not ${format(expected)}`);
}

/** @param expected A class, a function that returns true, or fields of the error. */
async function rejects(promise: Promise<unknown>, expected: object = {}): Promise<void> {
  const error = await promise.then(
    () => {
      throw new AssertionError("The promise was fulfilled, and a rejection is expected");
    },
    (reason: unknown) => reason,
  );
  if (!isExpected(error, expected)) throw new AssertionError(`Rejected with another ${format(error)}`);
}

function isExpected(error: unknown, expected: object): boolean {
  if (typeof expected !== "function")
    return Object.entries(expected).every(([name, value]) => isEqual(Reflect.get(Object(error), name), value));
  return expected.prototype === undefined ? expected(error) : error instanceof expected;
}

function match(text: string, expression: RegExp): void {
  if (!expression.test(text)) throw new AssertionError(`${format(text)} does not match ${expression}`);
}

/** The part of `node:assert/strict` that the guides use. */
const assert = Object.assign(ok, {
  ok,
  equal,
  strictEqual: equal,
  deepEqual,
  deepStrictEqual: deepEqual,
  rejects,
  match,
});

class AssertionError extends Error {
  override readonly name = "AssertionError";
}

function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (one.constructor !== other.constructor || (one instanceof Date && Number(one) !== Number(other))) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => isEqual(Reflect.get(one, name), Reflect.get(other, name)))
  );
}
