import { describe, expect, it } from "vitest";
import { waitUnlessAborted, withAbort } from "../../src/base/abort.ts";
import { AbortScope, toSignal } from "../../src/base/abort-scope.ts";

const reason = new Error("enough");

describe("an abort scope", () => {
  it("calls each listener once, and only those that still listen", () => {
    const scope = new AbortScope();
    const calls: string[] = [];
    scope.listen(() => calls.push("first"));
    const stop = scope.listen(() => calls.push("removed"));
    scope.listen(() => calls.push("last"));
    stop();
    scope.abort(reason);
    scope.abort(new Error("again"));
    expect([calls, scope.aborted, scope.reason]).toEqual([["first", "last"], true, reason]);
  });

  it("aborts its signal, whether that was asked for before or after", () => {
    const [early, late] = [new AbortScope(), new AbortScope()];
    const { signal } = early;
    early.abort(reason);
    late.abort(reason);
    for (const each of [signal, late.signal]) expect([each.aborted, each.reason]).toEqual([true, reason]);
    expect(early.signal).toBe(signal);
  });

  it("ends work like a signal: at once, while it runs, and not after its end", async () => {
    const aborted = new AbortScope();
    aborted.abort(reason);
    await expect(withAbort(aborted, () => expect.unreachable())).rejects.toBe(reason);

    const scope = new AbortScope();
    const ends: unknown[] = [];
    const running = withAbort(scope, () => (why) => ends.push(why));
    const over = await withAbort<number>(scope, (resolve) => {
      resolve(7);
      return (why) => ends.push(why);
    });
    const waiting = waitUnlessAborted(new Promise(() => {}), scope);
    scope.abort(reason);
    await expect(running).rejects.toBe(reason);
    await expect(waiting).rejects.toBe(reason);
    expect([over, ends]).toEqual([7, [undefined, reason]]);
  });
});

it("toSignal returns a signal as it is, and that of a scope", () => {
  const { signal } = new AbortController();
  const scope = new AbortScope();
  expect(toSignal(signal)).toBe(signal);
  expect(toSignal(scope)).toBe(scope.signal);
  expect(toSignal(undefined)).toBeUndefined();
});
