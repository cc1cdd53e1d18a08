import { CORS_HEADERS, isPreflight, preflightHeaders } from "../base/cors.ts";
import type { Fault } from "./fault.ts";

/** A response, and the fault that the connection has to show. */
export interface Served {
  readonly response: Response;
  readonly fault?: Fault | undefined;
}

/** Handles a request. */
export type Serve = (request: Request) => Promise<Served>;

/** Lets a page of any origin use a server: it gets to read every response, and the methods of a path when it asks ahead. */
export function withCors(serve: Serve, methodsAt: (url: URL) => readonly string[] = () => []): Serve {
  return async (request) => {
    const header = (name: string) => request.headers.get(name);
    if (isPreflight(request.method, header)) {
      const headers = preflightHeaders(header("Access-Control-Request-Headers"), methodsAt(new URL(request.url)));
      return { response: new Response(null, { status: 204, headers }) };
    }
    const served = await serve(request);
    for (const [name, value] of Object.entries(CORS_HEADERS)) served.response.headers.set(name, value);
    return served;
  };
}
