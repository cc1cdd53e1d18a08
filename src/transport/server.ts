import { mustBe } from "../base/check-number.ts";
import type { Operation } from "../client/operation.ts";

type Operations = Readonly<Record<string, Operation>>;

/** One label of a host name and no more, so that no value can lead to another host. */
const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;

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
  return server.replace(/\{(\w+)(?:=([^}]*))?\}/g, (_, variable: string, usual: string | undefined) => {
    const value = variables[variable] ?? usual;
    if (value !== undefined && LABEL.test(value)) return value;
    const what = usual === undefined ? "a part of a host name, and has no default" : "a part of a host name";
    throw new TypeError(mustBe(`${id}: serverVariables.${variable}`, what, value));
  });
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
