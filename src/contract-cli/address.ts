import type { OpenApiOperation } from "../openapi/operation.ts";
import type { Target } from "./target.ts";

/** Where a request goes, or why it goes nowhere. */
export type Address = { readonly url: URL } | { readonly problem: string };

/** Characters that a URL never has as they are: parsers drop them, or read a backslash as a slash. */
const NEVER_IN_A_PATH = /[\p{Cc}\s\\#]/u;

/** A control character in its percent-encoded form. */
const ENCODED_CONTROL = /%(?:[01][0-9a-f]|7f)/i;

/**
 * The address of a request at the target. A request goes to the target's own origin, below its base URL, or nowhere: a
 * path may come from a response, and a credential goes with it.
 *
 * @param pathAndQuery As it was received, such as `/v1/cameras/?limit=5`.
 * @param operation Decides the host at Angelcam itself, where some operations have a server of their own.
 */
export function addressOf(target: Target, pathAndQuery: string, operation: OpenApiOperation | undefined): Address {
  const fault = faultIn(pathAndQuery);
  if (fault) return { problem: `was not sent: its path ${fault}` };
  const base = baseOf(target, operation);
  if (base === undefined) return { problem: "was not sent: the document names no fixed server for it" };
  const text = `${base}${pathAndQuery}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const { origin, pathname } = new URL(base);
  const isBelow =
    url?.origin === origin && url.pathname.startsWith(pathname.replace(/\/$/, "")) && !url.username && !url.password;
  return isBelow ? { url } : { problem: `was not sent: it would leave ${origin}` };
}

/** The reason why a path is unsafe to send; undefined for one that is safe. */
function faultIn(pathAndQuery: string): string | undefined {
  const [path = ""] = pathAndQuery.split("?");
  if (!path.startsWith("/")) return "does not begin with a slash";
  if (path.startsWith("//")) return "begins with //, which names another host";
  if (NEVER_IN_A_PATH.test(pathAndQuery)) return "has a backslash, a space, a # or a control character";
  if (ENCODED_CONTROL.test(path)) return "has an encoded control character";
  const segments = path
    .replaceAll(/%2e/gi, ".")
    .replaceAll(/%5c|%2f/gi, "/")
    .split("/");
  if (segments.some((segment) => /^\.{1,2}(?:;.*)?$/.test(segment))) return "has a segment that leads upwards (..)";
  return undefined;
}

function baseOf({ baseUrl, isAngelcam }: Target, operation: OpenApiOperation | undefined): string | undefined {
  if (!isAngelcam) return baseUrl;
  const origins =
    operation?.servers.filter(({ url }) => !url.includes("{")).map(({ url }) => new URL(url).origin) ?? [];
  return origins.find((candidate) => candidate === new URL(baseUrl).origin) ?? origins[0];
}
