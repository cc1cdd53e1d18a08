import { throwIfAborted } from "../base/abort.ts";
import { TokenStoreError } from "../errors/client-errors.ts";

/** The lock was lost before the credential was sent: all can be tried again. `cause` is the error of the store. */
export class LockLost extends TokenStoreError {
  constructor(cause: unknown) {
    super("The lock of the tokens was lost before the refresh token was sent.", true, cause);
  }
}

/**
 * The tries of one token request. Before each of them it makes sure that a caller still waits and that the lock is held; from
 * then on, it is not aborted until the response is known to bring no tokens.
 */
export class TokenFlight {
  readonly #callers: AbortSignal;
  readonly #verify: () => Promise<void>;
  readonly #controller = new AbortController();
  #underWay = false;
  /** True once a request was sent. */
  sent = false;
  /** The error of the store for which nothing was sent. The pipeline takes it for one of the connection. */
  storeError: unknown;

  constructor(callers: AbortSignal, verify: () => Promise<void>) {
    this.#callers = callers;
    this.#verify = verify;
    callers.addEventListener("abort", this.#onAbort);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async send(fetch: () => Promise<Response>): Promise<Response> {
    throwIfAborted(this.#callers);
    await this.#verify().catch((error) => {
      this.storeError = error;
      throw error;
    });
    throwIfAborted(this.#callers);
    this.sent = true;
    this.#underWay = true;
    const response = await fetch();
    // The `fetch` of a program may return nothing, which is reported when its body is read.
    this.#underWay = response?.ok ?? false;
    this.#onAbort();
    return response;
  }

  readonly #onAbort = () => {
    if (this.#callers.aborted && !this.#underWay) this.#controller.abort(this.#callers.reason);
  };
}
