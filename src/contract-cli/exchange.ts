import type { RequestMessage } from "../contract/message.ts";
import type { Violation } from "../contract/violation.ts";

/** A response as it was received. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The body as text; undefined for an image, a video or other bytes. */
  readonly bodyText: string | undefined;
}

/** A request that was to be sent, and its outcome. */
export interface Exchange {
  readonly method: string;
  /** Such as `cameras.list`; undefined when the document has no such operation. */
  readonly operationId: string | undefined;
  /** Undefined for a request that was not sent. */
  readonly request: RequestMessage | undefined;
  /** Status of the response; undefined when there was none. */
  readonly status: number | undefined;
  /** Undefined when there was none. */
  readonly response: ReceivedResponse | undefined;
  /** Milliseconds since 1970 (UTC). */
  readonly startedAt: number;
  /** Milliseconds from the request to the end of the body; of the last try, where a 429 was waited out. */
  readonly duration: number;
  /** Errors and warnings, those in the baseline left out. */
  readonly violations: readonly Violation[];
  /** Why it was not sent, or has no response. */
  readonly problem: string | undefined;
}
