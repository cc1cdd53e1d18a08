import type { IncomingMessage } from "node:http";

// A page on any origin may call the mock, as it may not call Angelcam itself: there is nothing here to protect. The
// answers to `fetch` with `credentials: "include"` stay closed, since no cookie means anything to the API.

/** Seconds for which a browser need not ask again. */
const MAX_AGE = 600;

/** What every answer carries, so that a page can read it, with its headers. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "*",
};

/** True for the question that a browser asks ahead of a request from another origin. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && headers.origin !== undefined && headers["access-control-request-method"] !== undefined;
}

/** The answer to that question. A star in Allow-Headers does not cover Authorization, so the names are sent back. */
export function preflightHeaders({ headers }: IncomingMessage, methods: readonly string[]): Record<string, string> {
  return {
    "Access-Control-Allow-Methods": methods.join(", "),
    "Access-Control-Allow-Headers": headers["access-control-request-headers"] ?? "*",
    "Access-Control-Max-Age": String(MAX_AGE),
    Vary: "Access-Control-Request-Headers",
  };
}
