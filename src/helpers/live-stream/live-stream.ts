/// <reference lib="esnext.disposable" preserve="true" />
import { listenForAbort, throwIfAborted, waitUnlessAborted } from "../../base/abort.ts";
import { checkFunctions } from "../../base/check-type.ts";
import { callListener } from "../../errors/call-listener.ts";
import type { LinkRenewals } from "./link-renewals.ts";
import type { LinkListener, SharedLink, StreamLink } from "./shared-link.ts";
import { StreamExpiredError } from "./stream-errors.ts";

/** @internal The parts of a lease. */
export interface LeaseParts {
  readonly renewals: LinkRenewals;
  readonly shared: SharedLink;
  readonly release: () => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * A lease on the link to a live stream. Release it when you are done, by `await using`, `using` or `release()`.
 *
 * While it has a listener (`onRenew`, or an iteration) the link is renewed ahead of its expiry, by a twentieth of its
 * lifetime, at most a minute. A retryable failure is retried with pauses of 5 to 60 seconds for as long as it takes: after
 * an outage, an offline spell or an empty quota there is a fresh link without a call. A listener of `onRenew` does not
 * keep a program alive; an iteration does, for it is waited for.
 */
export class LiveStream implements AsyncIterable<StreamLink>, AsyncDisposable, Disposable {
  readonly #renewals: LinkRenewals;
  readonly #shared: SharedLink;
  readonly #release: () => void;
  readonly #signal: AbortSignal | undefined;
  /** Ends what the lease has begun, when it is released. */
  readonly #cleanups = new Set<() => void>();
  /** The last link of a lease that was released, and when it expires by the monotonic clock. */
  #last: { readonly link: StreamLink; readonly expiry: number } | undefined;

  /** @internal */
  constructor({ renewals, shared, release, signal }: LeaseParts) {
    this.#renewals = renewals;
    this.#shared = shared;
    this.#release = release;
    this.#signal = signal;
    if (signal) this.#cleanups.add(listenForAbort(signal, () => this.release()));
  }

  /**
   * The newest link, which is a secret: it works without a token.
   *
   * @throws `StreamExpiredError` when the link has expired: it had no listener, or it could not be renewed. Check
   * `expired` first, or call `renew()`.
   */
  get url(): string {
    if (!this.expired) return this.#current().link.url;
    throw this.#last ? this.#releasedError(this.#last.expiry) : this.#shared.expiredError(this.#now());
  }

  /** When the newest link stops working, UTC ISO. With `mjpeg` and `mp4` a stream that runs by then goes on. */
  get expiresAt(): string {
    return this.#current().link.expiresAt;
  }

  /** True when the newest link has stopped working. */
  get expired(): boolean {
    return this.#now() >= this.#current().expiry;
  }

  /**
   * Fetches a new link for all who share it; calls while that is under way get the same.
   *
   * @throws TypeError when the lease has been released; the signal's reason; any error of the request.
   */
  async renew(): Promise<StreamLink> {
    throwIfAborted(this.#signal);
    if (this.#last) throw new TypeError("liveStream: the lease has been released, so it cannot be renewed");
    return waitUnlessAborted(this.#renewals.renew(this.#shared), this.#signal);
  }

  /**
   * Reports every new link, and has the link renewed meanwhile. It does not keep a program alive.
   *
   * @param listener Called with each new link.
   * @param onFailure Called with a `StreamExpiredError` once the link has expired, or as soon as it is known that it will
   * expire before it can be renewed: then wait, the listener stays and is called with the next link. Called with any other
   * error when the link cannot be renewed, as for a camera that is gone: then the listener is dropped.
   * @returns Stops it.
   * @throws TypeError for a listener that is no function.
   * @example
   * ```ts
   * const stop = stream.onRenew(({ url }) => player.load(url), (error) => console.error(error));
   * ```
   */
  onRenew(listener: (link: StreamLink) => void, onFailure?: (error: unknown) => void): () => void {
    if (typeof listener !== "function") throw new TypeError("liveStream: listener must be a function");
    checkFunctions("liveStream: ", { onFailure });
    const report = (call: () => unknown) => callListener("a listener of liveStream", call);
    return this.#listen({
      keepsAlive: false,
      onLink: (link) => report(() => listener(link)),
      onExpired: (error) => report(() => onFailure?.(error)),
      onFailure: (error) => report(() => onFailure?.(error)),
    });
  }

  /**
   * The link as it is now, and every new one, until the lease is released. Links that were replaced while you were
   * busy are left out, and so is one that has expired. It waits as long as the link cannot be renewed; `expired` says so.
   *
   * @throws The signal's reason, or why the link can never be renewed.
   */
  [Symbol.asyncIterator](): AsyncGenerator<StreamLink, void, undefined> {
    const state = { isEnded: false, wake: () => {} };
    const links = this.#iterate(state);
    // A generator alone ends only after the link that it waits for, which can be an hour away.
    const endsAtOnce = <T>(end: (value: T) => Promise<IteratorResult<StreamLink, void>>) => {
      return (value: T) => {
        state.isEnded = true;
        state.wake();
        return end.call(links, value);
      };
    };
    return Object.assign(links, { return: endsAtOnce(links.return), throw: endsAtOnce(links.throw) });
  }

  async *#iterate(state: { isEnded: boolean; wake: () => void }): AsyncGenerator<StreamLink, void, undefined> {
    let failure: { readonly error: unknown } | undefined;
    let returned: StreamLink | undefined;
    const stop = this.#listen({
      keepsAlive: true,
      onLink: () => state.wake(),
      onExpired: () => {},
      onFailure: (error) => {
        failure = { error };
        state.wake();
      },
    });
    const onEnd = () => state.wake();
    this.#cleanups.add(onEnd);
    try {
      for (;;) {
        throwIfAborted(this.#signal);
        if (this.#last || state.isEnded) return;
        const { link } = this.#current();
        if (link !== returned && !this.expired) {
          returned = link;
          yield link;
        } else if (failure) {
          throw failure.error;
        } else {
          await new Promise<void>((resolve) => {
            state.wake = resolve;
          });
        }
      }
    } finally {
      this.#cleanups.delete(onEnd);
      stop();
    }
  }

  /** Releases the lease. Its listeners are called no more, and its iterations end. The link works until it expires. */
  release(): void {
    if (this.#last) return;
    this.#last = this.#current();
    for (const cleanup of [...this.#cleanups]) cleanup();
    this.#cleanups.clear();
    this.#release();
  }

  [Symbol.dispose](): void {
    this.release();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
  }

  /** @internal A Vue proxy of it would lack its private fields; Vue makes proxies of plain objects alone. */
  get [Symbol.toStringTag](): string {
    return "LiveStream";
  }

  #now(): number {
    return this.#renewals.clock.monotonic();
  }

  #current(): { readonly link: StreamLink; readonly expiry: number } {
    // A lease exists only after its first link.
    return this.#last ?? { link: this.#shared.link as StreamLink, expiry: this.#shared.expiry };
  }

  #releasedError(expiry: number): StreamExpiredError {
    const wallClock = this.#renewals.clock.now() - this.#now() + expiry;
    const { cameraId } = this.#shared;
    return new StreamExpiredError(cameraId, wallClock, undefined, undefined, "The lease was released: open a new one.");
  }

  #listen(listener: LinkListener): () => void {
    if (this.#last) return () => {};
    const off = this.#renewals.listen(this.#shared, listener);
    const stop = () => {
      this.#cleanups.delete(stop);
      off();
    };
    this.#cleanups.add(stop);
    return stop;
  }
}
