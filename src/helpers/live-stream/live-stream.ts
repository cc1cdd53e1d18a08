/// <reference lib="esnext.disposable" preserve="true" />
import { waitUnlessAborted } from "../../base/abort.ts";
import type { LinkListener, SharedLink, StreamLink } from "./shared-link.ts";

/**
 * A lease on the link to a live stream. Give it back when you are done, by `await using`, `using` or `release()`.
 *
 * While somebody listens (`onRenew`, or an iteration) the link is renewed ahead of its expiry, by a sixth of its time,
 * at most a minute. When a renewal fails in a way that may pass, it is tried again until the link has expired. A listener of
 * `onRenew` does not keep a program alive; an iteration does, for it is waited for.
 */
export class LiveStream implements AsyncIterable<StreamLink>, AsyncDisposable, Disposable {
  readonly #shared: SharedLink;
  readonly #release: () => void;
  readonly #signal: AbortSignal | undefined;
  /** What is to be undone when the lease is given back. */
  readonly #endings = new Set<() => void>();
  #link: StreamLink;
  #released = false;

  /** @internal */
  constructor(shared: SharedLink, release: () => void, signal: AbortSignal | undefined) {
    this.#shared = shared;
    this.#release = release;
    this.#signal = signal;
    this.#link = shared.link as StreamLink;
    const onAbort = () => this.release();
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#endings.add(() => signal?.removeEventListener("abort", onAbort));
  }

  /** The newest link. Whoever has it can watch. It may have expired if nobody listens: see `expiresAt`, and `renew()`. */
  get url(): string {
    return this.#current().url;
  }

  /** When the newest link stops working, UTC ISO. With `mjpeg` and `mp4` a stream that runs by then goes on. */
  get expiresAt(): string {
    return this.#current().expiresAt;
  }

  /**
   * Fetches a new link for all who share it; who asks while that is under way gets the same.
   *
   * @throws TypeError when the lease has been given back; the signal's reason; whatever the request throws.
   */
  async renew(): Promise<StreamLink> {
    this.#signal?.throwIfAborted();
    if (this.#released) throw new TypeError("liveStream: the lease has been given back, so it cannot be renewed");
    return waitUnlessAborted(this.#shared.renew(), this.#signal);
  }

  /**
   * Tells of every new link, and has the link renewed meanwhile. It does not keep a program alive.
   *
   * @param listener Called with each new link.
   * @param onFailure Called once when the link cannot be renewed; after that nothing is renewed for this listener.
   * @returns Ends it.
   * @example
   * ```ts
   * const stop = stream.onRenew(({ url }) => player.load(url), (error) => console.error(error));
   * ```
   */
  onRenew(listener: (link: StreamLink) => void, onFailure?: (error: unknown) => void): () => void {
    return this.#listen({
      keepsAlive: false,
      onLink: (link) => safely(() => listener(link)),
      onFailure: (error) => safely(() => onFailure?.(error)),
    });
  }

  /**
   * The link as it is now, and every new one, until the lease is given back. Links that were replaced while you were
   * busy are left out.
   *
   * @throws The signal's reason, or why the link could not be renewed.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<StreamLink, void, undefined> {
    let wake = () => {};
    let failure: { readonly error: unknown } | undefined;
    if (!this.#released) await waitUnlessAborted(this.#shared.fresh(), this.#signal);
    const stop = this.#listen({
      keepsAlive: true,
      onLink: () => wake(),
      onFailure: (error) => {
        failure = { error };
        wake();
      },
    });
    const onEnd = () => wake();
    this.#endings.add(onEnd);
    try {
      for (let given: StreamLink | undefined; ; ) {
        this.#signal?.throwIfAborted();
        if (this.#released) return;
        const link = this.#current();
        if (link !== given) {
          given = link;
          yield link;
        } else if (failure) {
          throw failure.error;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      this.#endings.delete(onEnd);
      stop();
    }
  }

  /** Gives the lease back. Its listeners are told no more, and its iterations end. The link goes on working. */
  release(): void {
    if (this.#released) return;
    this.#link = this.#current();
    this.#released = true;
    for (const end of [...this.#endings]) end();
    this.#endings.clear();
    this.#release();
  }

  [Symbol.dispose](): void {
    this.release();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
  }

  #current(): StreamLink {
    return this.#released ? this.#link : (this.#shared.link ?? this.#link);
  }

  #listen(listener: LinkListener): () => void {
    if (this.#released) return () => {};
    const off = this.#shared.listen(listener);
    const stop = () => {
      this.#endings.delete(stop);
      off();
    };
    this.#endings.add(stop);
    return stop;
  }
}

/** A listener that throws must not keep the others from hearing. */
function safely(call: () => void): void {
  try {
    call();
  } catch (error) {
    console.error("angelcam-client: a listener of liveStream threw", error);
  }
}
