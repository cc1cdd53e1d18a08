// A page on any origin may call the API, as browser apps call Angelcam itself. Cookies mean nothing to the API.

/** Seconds for which a browser need not ask again. */
const MAX_AGE = 600;

/** The headers of every response, so that a page can read it, with its headers. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "*",
};

/** True for the preflight request that a browser sends before a request to another origin. */
export function isPreflight(method: string, header: (name: string) => string | null | undefined): boolean {
  return method === "OPTIONS" && Boolean(header("origin")) && Boolean(header("access-control-request-method"));
}

/**
 * The headers of the response to a preflight request. A star in Allow-Headers does not cover `Authorization`, so the names
 * are sent back.
 *
 * @param methods Those of the path; all of the API for a path that it does not have, so that the page sees the 404.
 */
export function preflightHeaders(
  requested: string | null | undefined,
  methods: readonly string[],
): Record<string, string> {
  return {
    ...CORS_HEADERS,
    "Access-Control-Allow-Methods": (methods.length > 0 ? methods : ["GET", "POST", "PUT", "DELETE"]).join(", "),
    "Access-Control-Allow-Headers": requested || "Authorization, Content-Type, X-Space-Id",
    "Access-Control-Max-Age": String(MAX_AGE),
    // Chromium asks for this before a page of another origin may use a server on this machine.
    "Access-Control-Allow-Private-Network": "true",
    Vary: "Access-Control-Request-Headers",
  };
}
