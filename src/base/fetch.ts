/** A function that is called as `fetch` is. It needs no further properties, such as the `preconnect` that Bun's own has. */
export type Fetch = (...request: Parameters<typeof globalThis.fetch>) => Promise<Response>;
