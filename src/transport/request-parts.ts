import type { OutgoingRequest } from "./call.ts";

/**
 * The parts of a `Request` that the pipeline reads. The global `Request` costs as much as the rest of a call and can be
 * sent once, so openapi-fetch makes one of these unless middleware can see it.
 */
export class RequestParts {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | undefined;

  constructor(url: string, { headers, body }: { headers: Headers; body: string | undefined }) {
    this.url = url;
    this.headers = headers;
    this.body = body;
  }
}

/** Default values of a `Request`: the client's own options count then. */
const DEFAULT_OPTIONS = {
  cache: "default",
  credentials: "same-origin",
  integrity: "",
  keepalive: false,
  mode: "cors",
  referrerPolicy: "",
} as const;

/** The content of a request that middleware has seen, and may have replaced. */
export async function readRequest(
  request: Request,
  callOptions: Readonly<Record<string, unknown>>,
): Promise<OutgoingRequest> {
  const { url, headers } = request;
  const fetchOptions = { ...callOptions };
  for (const [name, standard] of Object.entries(DEFAULT_OPTIONS)) {
    const value = request[name as keyof typeof DEFAULT_OPTIONS];
    if (value !== undefined && value !== standard) fetchOptions[name] = value;
  }
  const body = (await request.text()) || undefined;
  return { url, headers: new Headers(headers), body, fetchOptions };
}
