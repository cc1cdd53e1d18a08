import type { SentCall } from "../transport/call.ts";

/**
 * Data together with the response that it came in. Its body can still be read, unless middleware has put another response
 * there.
 */
export interface WithResponse<T> {
  data: T;
  response: Response;
}

/**
 * A call under way: a promise of its data.
 *
 * @example
 * ```ts
 * const account = await angelcam.me.get();
 * const { data, response } = await angelcam.me.get().withResponse();
 * ```
 */
export interface ApiPromise<T> extends Promise<T> {
  /** The data together with the raw `Response`, for its status and headers. */
  withResponse(): Promise<WithResponse<T>>;
}

/** Makes the promise of a call that is under way. */
export function createApiPromise<T>(sent: Promise<SentCall<T>>): ApiPromise<T> {
  const data = sent.then((result) => result.data);
  const withResponse = () => {
    // The caller watches `sent` now: its failure must not be reported a second time as unhandled.
    data.catch(() => {});
    return sent;
  };
  return Object.assign(data, { withResponse });
}
