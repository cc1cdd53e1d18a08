import type { Violation } from "../contract/violation.ts";

/** A request that went through the proxy, and what became of it. */
export interface Exchange {
  readonly method: string;
  /** Such as `cameras.list`; undefined when the document has no such operation. */
  readonly operationId: string | undefined;
  /** Status of the server's answer; undefined when there was none. */
  readonly status: number | undefined;
  readonly violations: readonly Violation[];
  /** Why it was not sent, or not answered. */
  readonly problem: string | undefined;
}
