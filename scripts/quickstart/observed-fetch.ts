/** A request without its secrets: the names of fields, not their values. */
export interface SentRequest {
  readonly method: string;
  /** Where the client sends it. */
  readonly url: URL;
  /** Where it really goes. */
  readonly destination: URL;
  /** `Bearer`, without the token. */
  readonly authorization: string | undefined;
  /** Names of the form fields, without their values. */
  readonly fields: readonly string[];
}

/** Receives requests and responses. */
export interface Observer {
  onRequest(request: SentRequest): void;
  /** Receives a copy of the response, which it may read, and the milliseconds that it took. */
  onResponse(request: SentRequest, response: Response, milliseconds: number): Promise<void>;
}

/**
 * A fetch for the client that reports each request and sends it on.
 *
 * @param mock Origin that gets every request in place of the one that it is meant for.
 */
export function observedFetch(observer: Observer, mock: string | undefined): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const destination = mock === undefined ? url : new URL(url.pathname + url.search, mock);
    const body = request.body === null ? undefined : await request.clone().text();
    const sent: SentRequest = {
      url,
      destination,
      method: request.method,
      authorization: request.headers.get("Authorization")?.split(" ")[0],
      fields: [...new URLSearchParams(body).keys()],
    };
    observer.onRequest(sent);
    const start = performance.now();
    const { method, headers, redirect, signal } = request;
    const response = await fetch(destination, { method, headers, redirect, signal, ...(body ? { body } : {}) });
    await observer.onResponse(sent, response.clone(), performance.now() - start);
    return response;
  };
}
