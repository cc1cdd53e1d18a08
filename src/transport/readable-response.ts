/**
 * Makes a response readable again, as often as it takes, after its body has been read into memory. Middleware,
 * openapi-fetch and the caller each read the body for themselves.
 */
export function readableResponse(response: Response, text: string): Response {
  const copy = () => new Response(text || null, { status: response.status, headers: response.headers });
  return Object.defineProperties(response, {
    text: { value: async () => text },
    json: { value: async () => JSON.parse(text) },
    arrayBuffer: { value: () => copy().arrayBuffer() },
    blob: { value: () => copy().blob() },
    bytes: { value: async () => new TextEncoder().encode(text) },
    formData: { value: () => copy().formData() },
    clone: { value: () => readableResponse(copy(), text) },
    body: { get: () => copy().body },
    bodyUsed: { value: false },
  });
}
