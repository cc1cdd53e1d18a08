import type { ServerName } from "../../generated/operations.ts";
import type { RetryOptions } from "../errors/retry-policy.ts";

/**
 * Options of `fetch` that a call passes on as they are: the standard ones that apply to an API, and that the types of the program
 * know. The types of Node have no `cache` before Node 24.
 */
type FetchOptions = {
  [Name in "cache" | "credentials" | "integrity" | "keepalive" | "mode" | "referrerPolicy"]?:
    | (Name extends keyof RequestInit ? RequestInit[Name] : never)
    | undefined;
};

/** Options of one call; always the last argument of a method. */
export interface RequestOptions extends FetchOptions {
  /** Ends the call when it aborts. The call then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /**
   * Milliseconds that one attempt may take, its body included. At least 1.
   *
   * @default the client's `timeout`
   */
  timeout?: number | undefined;
  /**
   * Milliseconds that the whole call may take: queue, tokens and retries included. At least 1.
   *
   * @default the client's `deadline`
   */
  deadline?: number | undefined;
  /**
   * When to send the request again; false for never, other than with a new token after a 401.
   *
   * @default the client's `retry`
   */
  retry?: RetryOptions | false | undefined;
  /**
   * True to share the response of an identical GET that is under way.
   *
   * @default the client's `coalesce`
   */
  coalesce?: boolean | undefined;
  /**
   * Headers to add, or to replace the client's own. One that is undefined is left out. `Authorization` is that of the client's
   * `auth`, where it has one.
   */
  headers?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * A server that the spec names.
   *
   * @default the client's `server`
   */
  server?: ServerName | undefined;
  /**
   * Values for the variables of the operation's server. Each is one label of a host name.
   *
   * @example
   * ```ts
   * await angelcam.recordingStreams.play(streamId, { serverVariables: { streamer: "e3-eu2" } });
   * ```
   */
  serverVariables?: Readonly<Record<string, string>> | undefined;
  /**
   * Id of the space to work in (`X-Space-Id`).
   *
   * @default the client's `space`
   */
  space?: string | number | undefined;
}
