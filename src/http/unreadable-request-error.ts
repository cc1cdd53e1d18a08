/** A request that no operation gets to see, because its address or its body is malformed. Mock and sandbox say so alike. */
export class UnreadableRequestError extends Error {
  override readonly name = "UnreadableRequestError";
  readonly status: number;
  /** The query parameter at fault, if it is one. */
  readonly parameter: string | undefined;

  constructor(status: number, detail: string, parameter?: string) {
    super(detail);
    this.status = status;
    this.parameter = parameter;
  }
}
