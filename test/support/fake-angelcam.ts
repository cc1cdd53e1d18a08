/** A fetch that responds from a function and records its requests, for faults that no server can produce. */
export interface RecordingFetch {
  (input: string | URL | Request, init?: RequestInit): Promise<Response>;
  readonly requests: RecordedRequest[];
}

export interface RecordedRequest {
  readonly url: string;
  readonly method: string;
  readonly authorization: string | null;
  readonly headers: Headers;
  readonly body: string;
}

/** Responds to each request with the result of `respond`. */
export function recordingFetch(
  respond: (request: RecordedRequest, index: number, signal: AbortSignal | undefined) => Response | Promise<Response>,
): RecordingFetch {
  const requests: RecordedRequest[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    const request = {
      url: String(input),
      method: init.method ?? "GET",
      authorization: headers.get("Authorization"),
      headers,
      body: String(init.body ?? ""),
    };
    requests.push(request);
    return respond(request, requests.length - 1, init.signal ?? undefined);
  };
  return Object.assign(fetch, { requests });
}

/** A JSON response. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

/** An error in the API's envelope. */
export function envelope(
  status: number,
  title: string,
  detail: unknown,
  headers: Record<string, string> = {},
): Response {
  return json({ title, detail, status }, status, headers);
}

/** The account of the quick start. */
export const account = {
  id: 1234,
  email: "user@example.com",
  first_name: "Keyshawn",
  last_name: "Jacobs",
  phone: null,
};
