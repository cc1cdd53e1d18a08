import { WebhookError } from "./webhook-error.ts";

/** Header names are the same in any case; objects of Node have them in lower case. */
const HEADER = "x-angelcam-signature";

/** A request as servers other than those of web standards have it. */
export interface RawWebhookRequest {
  /** Its headers: `Headers`, or an object as in Node. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Its body as it came, before anything parsed it. */
  readonly body: string | Uint8Array | ArrayBuffer;
}

/**
 * The signature of a request.
 *
 * @throws WebhookError when there is not exactly one.
 */
export function signatureOf({ headers }: RawWebhookRequest | Request): string {
  const found: unknown = isHeaders(headers) ? headers.get(HEADER) : valuesIn(headers);
  // What is no text is no signature, whatever the server's `get` returns.
  const values = [found].flat().filter((value) => typeof value === "string");
  const [signature = ""] = values;
  // Headers that come twice are joined with a comma, by fetch and by Node.
  if (values.length > 1 || signature.includes(",")) {
    throw new WebhookError("signature_duplicated", "it has more than one X-Angelcam-Signature header");
  }
  if (signature === "") throw new WebhookError("signature_missing", "it has no X-Angelcam-Signature header");
  return signature;
}

/** Rejects a value that is no request. */
export function checkRequest(request: unknown): void {
  const { headers } = (request ?? {}) as Partial<Request>;
  if (typeof headers !== "object" || headers === null) {
    throw new TypeError("verifyWebhook: request must be a Request, or an object with headers and body");
  }
}

/** Rejects a body that is not as it came, before it is read. */
export function checkBody(request: RawWebhookRequest | Request): void {
  const { body } = request;
  if (isRequest(request)) {
    if (request.bodyUsed)
      throw new TypeError("verifyWebhook: the body of the request has been read: hand over a clone() of it");
  } else if (!(typeof body === "string" || isBytes(body))) {
    throw new TypeError("verifyWebhook: body must be the bytes or the text as it came, not what was parsed from it");
  }
}

/**
 * The bytes of the body. The body of a `Request` can be read once, and this does it.
 *
 * @internal No declaration of it: TypeScript 5.4 does not know that `Uint8Array` takes a type.
 */
export async function bytesOf(request: RawWebhookRequest | Request): Promise<Uint8Array<ArrayBuffer>> {
  if (isRequest(request)) return new Uint8Array(await request.arrayBuffer());
  const { body } = request;
  if (typeof body === "string") return new TextEncoder().encode(body);
  return new Uint8Array(body);
}

function valuesIn(headers: Exclude<RawWebhookRequest["headers"], Headers>): unknown[] {
  return Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === HEADER)
    .flatMap(([, value]) => value ?? []);
}

function isHeaders(headers: RawWebhookRequest["headers"]): headers is Headers {
  return typeof headers.get === "function";
}

function isRequest(request: unknown): request is Request {
  return typeof (request as { arrayBuffer?: unknown } | undefined)?.arrayBuffer === "function";
}

function isBytes(body: unknown): boolean {
  const kind = Object.prototype.toString.call(body);
  return body instanceof Uint8Array || kind === "[object Uint8Array]" || kind === "[object ArrayBuffer]";
}
