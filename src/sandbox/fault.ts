import type { OperationId } from "../../generated/operations.ts";
import type { RetryAfter } from "./quota.ts";

/** Which requests meet the fault, where all that is given must match, and when. */
export interface FaultMatch {
  /** Only this operation: `cameras.list`. */
  readonly operation?: OperationId;
  /** Only this method: `GET`. */
  readonly method?: string;
  /** Only this path, such as `/v1/cameras/20311/`, or the paths that the expression finds. */
  readonly path?: string | RegExp;
  /** Starts at the nth of the matching requests, 1 for the next one (the default). */
  readonly nth?: number;
  /** How many requests meet it, one after the other. `Infinity` for all. @default 1 */
  readonly times?: number;
  /** Milliseconds before anything happens. The time passes in the sandbox's `sleep`. */
  readonly latency?: number;
  /**
   * `after`: the request is carried out first (a token is rotated), and only its response is affected. `before`: nothing is
   * done. A fault of the response body (`cut`, `slow`, `garbage`) is always `after`.
   *
   * @default "before"
   */
  readonly when?: "before" | "after";
}

/** The real response after a delay in milliseconds: `{ latency: 50 }`. */
export interface LatencyFault {
  readonly kind?: "latency";
  readonly latency: number;
}

/** An error in the envelope of the API, or with a body of your own: `{ status: 503 }`. */
export interface StatusFault {
  readonly kind?: "status";
  readonly status: number;
  readonly title?: string;
  readonly detail?: string;
  /** Replaces the error envelope; sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The `Retry-After` header: seconds (also absurd ones), a date (also a past one) or any text. None by default. */
  readonly retryAfter?: Exclude<RetryAfter, true>;
}

/** A page of HTML, as a gateway in front of the API shows it, or no body at all. */
export interface EmptyFault {
  readonly kind: "html" | "empty";
  /** @default 502 for a page, 200 for no body */
  readonly status?: number;
}

/** The real response in small pieces with a pause after each. The time passes in the sandbox's `sleep`. */
export interface SlowFault {
  readonly kind: "slow";
  /** Bytes in a piece. @default 64 */
  readonly bytes?: number;
  /** Milliseconds after each piece. @default 100 */
  readonly pause?: number;
}

/** An oversized body. */
export interface LargeFault {
  readonly kind: "large";
  /** @default 500 */
  readonly status?: number;
  /** @default 10_485_760 */
  readonly bytes?: number;
}

/** The way to somewhere else. */
export interface RedirectFault {
  readonly kind: "redirect";
  readonly to: string;
  /** @default 302 */
  readonly status?: number;
}

/**
 * - `cut`: the first half of the real response, with the length of the whole; then the connection breaks.
 * - `garbage`: `Content-Encoding: gzip` and bytes that are not gzip.
 * - `body-in-204`: a 204 with a body behind it. In process it is a plain 204: a `Response` cannot hold the body.
 * - `drop`: the connection breaks before any header; with `when: "after"` the request was carried out all the same.
 * - `refuse`: the connection is refused. In process an error with `ECONNREFUSED`; over HTTP the same as `drop`.
 * - `hang`: no response ever comes; in process until the request's signal aborts, over HTTP until the client hangs up.
 */
export interface ConnectionFault {
  readonly kind: "cut" | "garbage" | "body-in-204" | "drop" | "refuse" | "hang";
}

type AnyFault = LatencyFault | StatusFault | EmptyFault | SlowFault | LargeFault | RedirectFault | ConnectionFault;

/**
 * Something that goes wrong, and for which requests.
 *
 * @example
 * ```ts
 * sandbox.faults.add({ operation: "cameras.list", times: 2, status: 503 });
 * sandbox.faults.add({ operation: "oauth.createToken", kind: "drop", when: "after" }); // hangs up after it has rotated
 * sandbox.faults.add({ path: /cameras/, nth: 3, kind: "cut" });
 * ```
 */
export type Fault = AnyFault & FaultMatch;

/** The kind of a fault. */
export type FaultKind = NonNullable<AnyFault["kind"]>;

/** The faults of these kinds. */
export type FaultOf<Kind extends FaultKind> = Extract<AnyFault, { readonly kind?: Kind }>;

/** The kind of the fault; `status` and `latency` need not be spelled out. */
export function kindOf(fault: Fault): FaultKind {
  return fault.kind ?? ("status" in fault ? "status" : "latency");
}

/** True for a fault with which no response arrives. */
export function isSilent(fault: Fault | undefined): boolean {
  return fault !== undefined && ["drop", "refuse", "hang"].includes(kindOf(fault));
}
