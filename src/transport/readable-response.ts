import type { ReceivedResponse } from "./call.ts";

/**
 * The response whose body has been read into memory, as one that can still be read, as often as it takes: middleware,
 * openapi-fetch and the caller each read the body for themselves.
 */
export function readableResponse(received: ReceivedResponse): Response {
  // Not done with the import: Node loads its `fetch` when one of its classes is named.
  if (!isResponse) Object.setPrototypeOf(ReadableResponse.prototype, Response.prototype);
  isResponse = true;
  return new ReadableResponse(received);
}

/** True once readable responses are an `instanceof` Response. */
let isResponse = false;

/**
 * Takes the place of a `Response`, since a second one of the same content costs as much as the checks of a call. Its fields
 * are private, so that nothing which shows a response shows its body, which may hold tokens.
 */
class ReadableResponse implements Response {
  readonly #response: Response;
  readonly #text: string;

  constructor({ response, text }: ReceivedResponse) {
    this.#response = response;
    this.#text = text;
  }

  get ok(): boolean {
    return this.#response.ok;
  }

  get status(): number {
    return this.#response.status;
  }

  get statusText(): string {
    return this.#response.statusText;
  }

  get headers(): Headers {
    return this.#response.headers;
  }

  get url(): string {
    return this.#response.url;
  }

  get type(): ResponseType {
    return this.#response.type;
  }

  get redirected(): boolean {
    return this.#response.redirected;
  }

  get body(): Response["body"] {
    return this.clone().body;
  }

  get bodyUsed(): boolean {
    return false;
  }

  clone(): Response {
    return new Response(this.#text || null, this);
  }

  async text(): Promise<string> {
    return this.#text;
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.#text);
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.clone().arrayBuffer();
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }

  blob(): Promise<Blob> {
    return this.clone().blob();
  }

  formData(): Promise<FormData> {
    return this.clone().formData();
  }
}
