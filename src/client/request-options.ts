import type { ServerName } from "../../generated/client.ts";
import type { RetryOptions } from "../transport/retry-options.ts";

/** What can be said of one call; always the last argument of a method. */
export interface RequestOptions {
  /** Ends the call when it aborts. The call then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that one try may take, in place of the client's `timeout`; it will not wait longer in line either. */
  timeout?: number | undefined;
  /** Milliseconds that the whole call may take, waits and repetitions included, in place of the client's `deadline`. */
  deadline?: number | undefined;
  /** When to send the request again, in place of the client's `retry`; false for never. */
  retry?: RetryOptions | false | undefined;
  /** Whether a GET may share the answer of an identical one that is under way, in place of the client's `coalesce`. */
  coalesce?: boolean | undefined;
  /** Headers to add, or to put in place of the client's own. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** A named server of the spec for this call alone, in place of the client's `server`. */
  server?: ServerName | undefined;
  /**
   * Values for the variables of the operation's server: `{ streamer: "e3-eu2" }` for the controls of a playback, whose
   * links stand in its `stream_controls`.
   */
  serverVariables?: Readonly<Record<string, string>> | undefined;
  /** Id of the space to work in (`X-Space-Id`), in place of the client's `space`. */
  space?: string | number | undefined;
}
