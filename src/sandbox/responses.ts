import type { OAuthError } from "../../generated/schema.ts";
import { CORS_HEADERS } from "../base/cors.ts";
import { errorBody } from "../contract/error-body.ts";
import { RequestError } from "../http/request-error.ts";
import { rulesFor } from "./document.ts";
import { type RetryAfter, retryAfterHeaders } from "./quota.ts";

const DETAILS: Readonly<Record<number, string>> = {
  400: "The input cannot be read.",
  401: "The token is not valid or has expired.",
  403: "The token does not cover this action.",
  404: "Not found.",
  429: "Request was throttled.",
  503: "The service is not available right now.",
};

/** An error in the envelope of the API, with the usual sentence of its status where it has none. */
export function errorResponse({ status, problems, headers }: RequestError, title?: string): Response {
  const body = errorBody(status, problems || (DETAILS[status] ?? "The request failed."), title);
  return Response.json(body, { status, headers });
}

/** The response to an error of the sandbox itself, which a client would else take for a lost connection. */
export function ownError({ message }: Error): Response {
  return errorResponse(new RequestError(500, `The sandbox has a fault: ${message}`, CORS_HEADERS));
}

/** A page with an error, for the operations that people see. */
export function errorPage(status: number, text: string): Response {
  const page = `<!DOCTYPE html><html><head><title>Error</title></head><body><h1>${text}</h1></body></html>`;
  return new Response(page, { status, headers: { "Content-Type": "text/html" } });
}

/** The quota is used up; the text names the wait. */
export function throttled(retryAfter: RetryAfter, seconds: number): RequestError {
  const detail = `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? "" : "s"}.`;
  return new RequestError(429, detail, retryAfterHeaders(retryAfter, seconds));
}

/** The item. @throws RequestError with 404 where it is undefined, as it is not there. */
export function found<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new RequestError(404);
  return item;
}

/** The errors of the token endpoint, which have a form of their own, as the document has them. */
const OAUTH_ERRORS = [400, 401].flatMap((status) => rulesFor("oauth.createToken").examplesOf(status)) as OAuthError[];

/** An error of the token endpoint: the one with this code, or else that of an invalid request. */
export function oauthError(code: unknown, status: number): Response {
  const withCode = (wanted: unknown) => OAUTH_ERRORS.find(({ error }) => error === wanted);
  return Response.json(withCode(code) ?? withCode("invalid_request"), { status });
}

/** A body of the pieces that a generator makes, each when the reader wants it. */
export function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(out) {
        const { done, value } = await pieces.next();
        if (done) out.close();
        else out.enqueue(value);
      },
      cancel: () => pieces.return(undefined).then(() => {}),
    },
    { highWaterMark: 0 },
  );
}
