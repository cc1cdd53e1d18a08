/**
 * Names the body of a response that has been read into memory. A `WeakMap` of bodies costs the garbage collector about a
 * microsecond a call.
 */
const TEXT = Symbol("text");

interface ReadResponse extends Response {
  readonly [TEXT]?: string;
}

/** The prototype of readable responses, for each prototype of a response: that of the runtime, or of another fetch. */
const prototypes = new WeakMap<object, object>();

/**
 * Makes a response readable again, as often as it takes, after its body has been read into memory. Middleware,
 * openapi-fetch and the caller each read the body for themselves.
 *
 * @param text The body; undefined for a response that can be read as it is.
 */
export function readableResponse(response: Response, text: string | undefined): Response {
  if (text === undefined || TEXT in response) return response;
  // Not enumerable: nothing that shows a response shows its body, which may hold tokens.
  Object.defineProperty(response, TEXT, { value: text });
  // One prototype for all costs a tenth of properties on each response.
  return Object.setPrototypeOf(response, readablePrototype(Object.getPrototypeOf(response)));
}

function readablePrototype(original: object): object {
  const known = prototypes.get(original);
  if (known) return known;
  const prototype = Object.create(original, READERS);
  prototypes.set(original, prototype);
  return prototype;
}

const READERS = Object.getOwnPropertyDescriptors({
  async text(this: Response) {
    return textOf(this);
  },
  async json(this: Response) {
    return JSON.parse(textOf(this));
  },
  arrayBuffer(this: Response) {
    return copyOf(this).arrayBuffer();
  },
  blob(this: Response) {
    return copyOf(this).blob();
  },
  async bytes(this: Response) {
    return new TextEncoder().encode(textOf(this));
  },
  formData(this: Response) {
    return copyOf(this).formData();
  },
  clone(this: Response) {
    return readableResponse(copyOf(this), textOf(this));
  },
  get body(): ReadableStream | null {
    return copyOf(this as unknown as Response).body;
  },
  bodyUsed: false,
});

function textOf(response: ReadResponse): string {
  return response[TEXT] ?? "";
}

function copyOf(response: Response): Response {
  const { status, statusText, headers } = response;
  return new Response(textOf(response) || null, { status, statusText, headers });
}
