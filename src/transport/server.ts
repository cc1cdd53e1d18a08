import type { Operation } from "../operation.ts";

/** https://www.rfc-editor.org/rfc/rfc6761#section-6.3 and the loopback blocks 127.0.0.0/8 and ::1. */
const LOOPBACK = /^(.+\.)?localhost$|^\[::1\]$|^127(\.\d+){3}$/;

/**
 * Chooses the origin of an operation: `baseUrl` where there is one, else the named server among those that the spec
 * gives the operation, else the first of them. Sign-in has one server, so it stays where it is whatever the name.
 */
export function originOf(
  operation: Operation,
  baseUrl: string | undefined,
  name: string | undefined,
  variables: Readonly<Record<string, string>> = {},
): string {
  if (baseUrl !== undefined) return baseUrl;
  const server = operation.servers.find((candidate) => candidate.name === name) ?? operation.servers[0];
  if (!server) throw new TypeError(`${operation.id} has no server: give the client a baseUrl`);
  return server.url.replace(/\{(\w+)\}/g, (_, variable: string) => {
    const value = variables[variable] ?? server.variables?.[variable] ?? "";
    // One label of a host name and no more, so that no value can lead to another host.
    if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(value)) return value;
    throw new TypeError(
      `${operation.id}: the server's ${variable} must be a part of a host name such as "e3-eu2", got ${JSON.stringify(value)}`,
    );
  });
}

/**
 * Checks a base URL and takes the slash off its end.
 *
 * @throws TypeError for anything but https, or http on the loopback interface: a token must not cross a network in clear.
 */
export function checkBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  // What else may stand in a URL is a password, perhaps, so it is not shown.
  if (url?.href !== `${url?.origin}${url?.pathname}`) {
    throw new TypeError('baseUrl must be an origin and at most a path, such as "https://api.example.com"');
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.test(url.hostname))) {
    throw new TypeError(`baseUrl ${url.origin} is refused: use https, or http on localhost only`);
  }
  return url.href.replace(/\/+$/, "");
}

/**
 * Checks the name of a server against those of the spec.
 *
 * @throws TypeError naming the servers that there are.
 */
export function checkServerName(name: string, operations: Iterable<Operation>): void {
  const names = new Set([...operations].flatMap(({ servers }) => servers.map((server) => server.name)));
  if (names.has(name)) return;
  throw new TypeError(
    `server ${JSON.stringify(name)} is unknown: use ${[...names].map((known) => `"${known}"`).join(" or ")}`,
  );
}
