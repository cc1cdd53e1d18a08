/** A document that cannot be turned into a client. Its message is for the person who writes the document. */
export class GenerationError extends Error {
  override readonly name = "GenerationError";
  /** JSON pointer of the location at fault, `#/paths/~1v1~1me~1/get`. */
  readonly pointer: string | undefined;

  constructor(message: string, pointer?: string) {
    super(message);
    this.pointer = pointer;
  }
}
