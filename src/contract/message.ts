/** Headers in any form that `new Headers()` takes; the types of Node have no name for it. */
type HeadersLike = NonNullable<ConstructorParameters<typeof Headers>[0]>;

/** A request that was sent or is about to be, with its body as text. */
export interface RequestMessage {
  readonly method: string;
  /** Absolute, with its query. */
  readonly url: string;
  readonly headers: HeadersLike;
  /** The body as text; empty or absent when there is none. */
  readonly bodyText?: string | undefined;
}

/** A response, with its body as text. */
export interface ResponseMessage {
  readonly status: number;
  readonly headers: HeadersLike;
  /** The body as text; undefined when it could not be read; then it is not checked. */
  readonly bodyText?: string | undefined;
}
