import type { Operation } from "../client/operation.ts";
import { mustBe } from "./check-number.ts";

type Operations = Readonly<Record<string, Operation>>;

/** https://www.rfc-editor.org/rfc/rfc6761#section-6.3 and the loopback blocks 127.0.0.0/8 and ::1. */
const LOOPBACK = /^(.+\.)?localhost$|^\[::1\]$|^127(\.\d+){3}$/;

/**
 * Chooses the origin of an operation: `baseUrl` where there is one, else the named server among those that the spec
 * gives the operation, else the first of them. Sign-in has one server, so it stays where it is whatever the name.
 */
export function originOf(
  { id, servers }: Operation,
  baseUrl: string | undefined,
  name: string | undefined,
  variables: Readonly<Record<string, string>> = {},
): string {
  if (baseUrl !== undefined) return baseUrl;
  const server = servers[name ?? ""] ?? Object.values(servers)[0] ?? "";
  return server.replace(/\{(\w+)=?([^}]*)\}/g, (_, variable: string, usual: string) => {
    const value = variables[variable] ?? usual;
    // One label of a host name and no more, so that no value can lead to another host.
    if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(value)) return value;
    throw new TypeError(mustBe(`${id}: the server's ${variable}`, "a part of a host name", value));
  });
}

/**
 * Checks a base URL and takes the slash off its end.
 *
 * @throws TypeError for anything but https, or http on the loopback interface: a token must not cross a network in clear.
 */
export function checkBaseUrl(baseUrl: string | undefined): string | undefined {
  if (baseUrl === undefined) return undefined;
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.test(url.hostname));
  // What else may stand in a URL is a password, perhaps, so it is not shown.
  if (!isSafe || url.href !== url.origin + url.pathname) {
    throw new TypeError("baseUrl must be https, or http on localhost, with at most a path");
  }
  return url.href.replace(/\/+$/, "");
}

/**
 * Checks the name of a server against those of the spec.
 *
 * @throws TypeError naming the servers that there are.
 */
export function checkServerName(name: string | undefined, operations: Operations): void {
  if (name === undefined) return;
  const names = Object.values(operations).flatMap(({ servers }) => Object.keys(servers));
  if (names.includes(name)) return;
  throw new TypeError(mustBe("server", [...new Set(names)].join(" or "), name));
}
