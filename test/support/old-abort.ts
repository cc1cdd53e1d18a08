/** As in React Native and in the package `abort-controller`: a signal without `reason`, `throwIfAborted`, `any` and `timeout`. */
class OldAbortSignal extends EventTarget {
  aborted = false;
}

/** A controller that ignores the reason of an abort. */
export class OldAbortController {
  readonly signal = new OldAbortSignal() as EventTarget as AbortSignal;

  abort(): void {
    if (this.signal.aborted) return;
    Object.assign(this.signal, { aborted: true });
    this.signal.dispatchEvent(new Event("abort"));
  }
}
