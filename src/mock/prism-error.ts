/** A mock that could not be started, or not be kept running. Its message is for the person who started it. */
export class PrismError extends Error {
  override readonly name = "PrismError";
  /** `port-taken` when another program listens there; `not-installed` without Prism; `crash-loop` when it ends again and again. */
  readonly code: "port-taken" | "not-installed" | "not-started" | "crash-loop";

  constructor(code: PrismError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
