import type { Router } from "../openapi/router.ts";

/** The response to a request that is for no operation. */
export interface NoOperation {
  readonly status: 301 | 404 | 405;
  /** Undefined where there is no more to say than the status. */
  readonly detail: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Rejects a path or a method that the document does not have. A GET without its slash is redirected, as the API does it. The
 * sandbox and the mock both reject by this, so that they agree.
 *
 */
export function rejectNoOperation(method: string, url: URL, router: Pick<Router, "methodsAt">): NoOperation {
  const methods = router.methodsAt(url);
  if (methods.length > 0) {
    return { status: 405, detail: `Method "${method}" not allowed.`, headers: { Allow: methods.join(", ") } };
  }
  const { pathname, search } = url;
  const isMissingSlash = !pathname.endsWith("/") && router.methodsAt(new URL(`${pathname}/`, url)).length > 0;
  if (!isMissingSlash) return { status: 404, detail: undefined, headers: {} };
  const detail = `Every path of the API ends in a slash: ${pathname}/`;
  const headers = { "X-Hint": detail };
  if (method !== "GET" && method !== "HEAD") return { status: 404, detail, headers };
  return { status: 301, detail, headers: { ...headers, Location: `${pathname}/${search}` } };
}
