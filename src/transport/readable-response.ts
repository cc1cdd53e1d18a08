/**
 * Makes a response readable again, any number of times, after its body has been read into memory. Middleware,
 * openapi-fetch and the caller each read the body for themselves.
 */
export function readableResponse(response: Response, text: string): Response {
  const copy = () => new Response(text || null, { status: response.status, headers: response.headers });
  const readers = {
    text: async () => text,
    json: async () => JSON.parse(text),
    arrayBuffer: () => copy().arrayBuffer(),
    blob: () => copy().blob(),
    bytes: async () => new TextEncoder().encode(text),
    formData: () => copy().formData(),
    clone: () => readableResponse(copy(), text),
  };
  for (const [name, value] of Object.entries(readers)) {
    Object.defineProperty(response, name, { value, configurable: true });
  }
  Object.defineProperty(response, "body", { get: () => copy().body, configurable: true });
  return Object.defineProperty(response, "bodyUsed", { value: false, configurable: true });
}
