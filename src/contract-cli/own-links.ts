import { readJson } from "../contract/body.ts";
import type { Exchange, ReceivedResponse } from "./exchange.ts";
import { operationOf } from "./operations.ts";
import type { Target } from "./target.ts";

/** A page for a person: the server redirects the browser to the requesting program. */
const SENDS_ELSEWHERE = "oauth.authorize";

/**
 * The changes to a response with which the client stays with the proxy: a redirect, and the links `next` and `previous`
 * of a list. Those to the target lead to the proxy instead. A redirect to any other URL is left out, because many clients
 * would take their token there; the redirect that ends signing in is the exception.
 */
export function ownLinks(
  { headers, bodyText }: ReceivedResponse,
  { operationId, request }: Exchange,
  target: Target,
  origin: string,
): { readonly body?: string; readonly headers?: Readonly<Record<string, string>> } {
  const location = headers.get("Location");
  const base = request?.url ?? target.baseUrl;
  const redirect = location === null || !URL.canParse(location, base) ? undefined : new URL(location, base);
  const own = redirect && linkTo(redirect, target, origin);
  const sent = own ?? (operationId === SENDS_ELSEWHERE ? redirect?.href : undefined);
  const body = bodyText === undefined ? undefined : withOwnLinks(bodyText, target, origin);
  return { ...(body === undefined ? {} : { body }), ...(sent === undefined ? {} : { headers: { Location: sent } }) };
}

/** The body with its links changed; undefined when it has none. */
function withOwnLinks(text: string, target: Target, origin: string): string | undefined {
  const read = readJson(text);
  if ("problem" in read || typeof read.value !== "object" || read.value === null) return undefined;
  const body = read.value as Record<string, unknown>;
  const links = ["next", "previous"].flatMap((name) => {
    const link = body[name];
    const own = typeof link === "string" && URL.canParse(link) ? linkTo(new URL(link), target, origin) : undefined;
    return own === undefined ? [] : [[name, own] as const];
  });
  return links.length === 0 ? undefined : JSON.stringify({ ...body, ...Object.fromEntries(links) });
}

/** The same link at the proxy; undefined when it leads elsewhere than to the target. */
function linkTo(url: URL, { baseUrl, isAngelcam }: Target, origin: string): string | undefined {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, "");
  if (url.origin === base.origin && url.pathname.startsWith(`${prefix}/`)) {
    return `${origin}${url.pathname.slice(prefix.length)}${url.search}`;
  }
  const servers = isAngelcam ? (operationOf("GET", url)?.servers ?? []) : [];
  const isOwn = servers.some((server) => !server.url.includes("{") && new URL(server.url).origin === url.origin);
  return isOwn ? `${origin}${url.pathname}${url.search}` : undefined;
}
