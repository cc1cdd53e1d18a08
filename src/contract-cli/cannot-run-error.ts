/** The command cannot begin: it was called wrongly, or something that it needs is not there. It exits with 2. */
export class CannotRunError extends Error {
  override readonly name = "CannotRunError";
}
