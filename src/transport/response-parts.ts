import type { ReceivedResponse } from "./call.ts";

/**
 * The parts of a `Response` that openapi-fetch reads. It receives one of these unless middleware, or a way of parsing other than
 * JSON, needs the response itself: to make that readable again costs more than the checks of a call.
 */
export class ResponseParts {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  readonly #text: string;

  constructor({ response, text }: ReceivedResponse) {
    this.ok = response.ok;
    this.status = response.status;
    this.headers = response.headers;
    this.#text = text;
  }

  async text(): Promise<string> {
    return this.#text;
  }

  /** Called in place of `text` for a response with a Content-Length. */
  async json(): Promise<unknown> {
    return JSON.parse(this.#text);
  }
}
