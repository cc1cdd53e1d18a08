import type { RequestOptions } from "../client/request-options.ts";
import { toRetryPolicy } from "../errors/retry-policy.ts";
import { callOptionNames, headerPairs } from "../transport/call-options.ts";

const names = callOptionNames as readonly (keyof RequestOptions)[];

/**
 * True for options with which the same requests are sent, so that two callers can share one. Objects that only `fetch`
 * knows, such as a dispatcher, have to be the very same.
 */
export function areSameOptions(one: RequestOptions, other: RequestOptions): boolean {
  return names.every((name) => comparable(name, one) === comparable(name, other));
}

/** A value that is equal for options of equal effect. Headers can be an object that JSON shows as empty, such as `Headers`. */
function comparable(name: keyof RequestOptions, options: RequestOptions): unknown {
  const { headers, retry, serverVariables, space } = options;
  if (name === "headers") {
    const pairs = [...headerPairs(headers ?? {})].filter(([, value]) => value !== undefined);
    return JSON.stringify(pairs.map(([header, value]) => [header.toLowerCase(), String(value)]));
  }
  if (name === "retry") return retry === undefined ? undefined : JSON.stringify(toRetryPolicy(retry));
  if (name === "serverVariables") return JSON.stringify(serverVariables ?? {});
  if (name === "space") return String(space ?? "");
  return options[name] ?? undefined;
}
