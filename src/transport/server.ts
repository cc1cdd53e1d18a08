import { type Operation, operations } from "../../generated/operations.ts";
import { checkOptionNames } from "../base/check-names.ts";
import { mustBe } from "../base/check-number.ts";

/**
 * Chooses the base URL of an operation: `baseUrl` where there is one, else the named server among those that the spec
 * lists for the operation, else the first of them. The token endpoint has one server, so it stays where it is.
 *
 * @throws TypeError where a variable of the server has no value, or one that could lead to another host.
 */
export function baseUrlOf(
  { id, servers }: Operation,
  baseUrl: string | undefined,
  name: string | undefined,
  variables: Readonly<Record<string, string>> = {},
): string {
  if (baseUrl !== undefined) return baseUrl;
  const server = servers[name ?? ""] ?? Object.values(servers)[0] ?? "";
  const known = Array.from(server.matchAll(/\{(\w+)/g), ([, variable = ""]) => variable);
  if (known.length > 0) checkOptionNames(`${id}: serverVariables`, variables, known);
  return server.replace(/\{(\w+)(?:=([^{}]*))?\}/g, (_, variable: string, fallback = "") => {
    const value = Object.hasOwn(variables, variable) ? (variables[variable] ?? "") : fallback;
    // One label of a host name and no more, so that no value can lead to another host.
    if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(value)) return value;
    throw new TypeError(mustBe(`${id}: serverVariables.${variable}`, "a label of a host name such as e3-eu2", value));
  });
}

/**
 * Checks the name of a server against those of the spec.
 *
 * @throws TypeError naming the servers that the spec has.
 */
export function checkServerName(name: string | undefined): void {
  if (name === undefined) return;
  const names = Object.values<Operation>(operations).flatMap(({ servers }) => Object.keys(servers));
  if (names.includes(name)) return;
  throw new TypeError(mustBe("server", [...new Set(names)].join(" or "), name));
}
