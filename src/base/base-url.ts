import { checkBoolean } from "./check-type.ts";
import { isLoopback } from "./loopback.ts";

/**
 * Checks a base URL and removes the slash at its end.
 *
 * @param allowInsecure True to accept plain http to any host, for a private network such as Docker Compose.
 * @throws TypeError for anything but https, or http on a loopback host: a token must not cross a network in clear text.
 */
export function checkBaseUrl(baseUrl: string | undefined, allowInsecure = false): string | undefined {
  // A text such as "false" from the environment is true for JavaScript.
  checkBoolean("allowInsecureHttp", allowInsecure);
  if (baseUrl === undefined) return undefined;
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isHttp = url?.protocol === "http:" && (allowInsecure || isLoopback(url.hostname));
  // The other parts of a URL may hold a password, so the message does not show them.
  if (!url || (url.protocol !== "https:" && !isHttp) || url.href !== url.origin + url.pathname) {
    throw new TypeError("baseUrl must be https, or http on localhost, with at most a path");
  }
  return url.href.replace(/(?<!\/)\/+$/, "");
}
