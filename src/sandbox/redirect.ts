const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * The request that follows from a redirect, as fetch makes it: a POST becomes a GET (but for 307 and 308), and a token
 * does not go to another origin. Undefined when there is nothing to follow, "error" when the caller wants none.
 */
export function redirected(request: Request, response: Response): Request | "error" | undefined {
  const location = response.headers.get("Location");
  if (!REDIRECTS.includes(response.status) || location === null || request.redirect === "manual") return undefined;
  if (request.redirect === "error" || !URL.canParse(location, request.url)) return "error";
  const target = new URL(location, request.url);
  const keepsBody = response.status >= 307 || request.method !== "POST";
  const onward = new Request(target, keepsBody ? request : { headers: request.headers, redirect: "follow" });
  if (!keepsBody) for (const name of ["Content-Type", "Content-Length"]) onward.headers.delete(name);
  if (target.origin !== new URL(request.url).origin) onward.headers.delete("Authorization");
  return onward;
}
