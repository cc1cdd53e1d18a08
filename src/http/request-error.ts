import type { Problems } from "../contract/error-body.ts";

/** Ends a request with an error. Mock and sandbox respond in the form that the document has for its operation. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number;
  readonly problems: Problems | string;
  readonly headers: Readonly<Record<string, string>>;

  /** @param problems By field, or in one sentence; empty for the usual sentence of the status. */
  constructor(status: number, problems: Problems | string = "", headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${JSON.stringify(problems)}`);
    this.status = status;
    this.problems = problems;
    this.headers = headers;
  }
}
