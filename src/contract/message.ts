/** A request that went out, or is about to, with its body as text. */
export interface RequestMessage {
  readonly method: string;
  /** Absolute, with its query. */
  readonly url: string;
  readonly headers: HeadersInit;
  /** The body as text; empty or absent when there is none. */
  readonly bodyText?: string | undefined;
}

/** An answer, with its body as text. */
export interface ResponseMessage {
  readonly status: number;
  readonly headers: HeadersInit;
  /** The body as text; undefined where nobody could read it, and then it is not checked. */
  readonly bodyText?: string | undefined;
}
