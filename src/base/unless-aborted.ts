/** Ends something that has been begun; told the reason where it failed. */
export type End = (reason?: unknown) => void;

/**
 * A promise of something that can be given up.
 *
 * @param begin Begins it. What it returns is called when all is over, however it ends.
 * @throws The signal's reason when it aborts first.
 */
export function unlessAborted<T>(
  signal: AbortSignal | undefined,
  begin: (fulfil: (value: T) => void, reject: (reason: unknown) => void) => End,
): Promise<T> {
  return new Promise((fulfil, reject) => {
    let end: End | undefined;
    // What is over while it still begins is ended as soon as there is an end.
    let over: [reason: unknown] | undefined;
    const settle = (reason?: unknown) => {
      over ??= [reason];
      signal?.removeEventListener("abort", onAbort);
      end?.(reason);
      end = undefined;
    };
    const fail = (reason: unknown) => {
      reject(reason);
      settle(reason);
    };
    const onAbort = () => fail(signal?.reason);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort);
    end = begin((value) => {
      fulfil(value);
      settle();
    }, fail);
    if (over) settle(...over);
  });
}
