import { document } from "../client/documented-operations.ts";
import { type DocumentedOperation, operationsOf } from "../spec/document.ts";

interface Route {
  readonly place: DocumentedOperation;
  readonly pattern: RegExp;
  readonly parameters: number;
}

// A path with fewer parameters goes first, as OpenAPI requires: /stream-detection/ is no camera id.
const routes: readonly Route[] = operationsOf(document)
  .map((place) => ({
    place,
    pattern: new RegExp(`^${place.path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`),
    parameters: place.path.split("{").length,
  }))
  .sort((one, other) => one.parameters - other.parameters);

/** The operation that a request is for, and its path parameters; undefined when the document has none such. */
export function routeOf(
  method: string,
  url: string,
): { place: DocumentedOperation; path: Record<string, string> } | undefined {
  const { pathname } = new URL(url);
  const route = routes.find(({ place, pattern }) => place.method === method && pattern.test(pathname));
  if (!route) return undefined;
  const names = [...route.place.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const values = pathname.match(route.pattern)?.slice(1) ?? [];
  const path = names.map((name, index): [string, string] => [name, decodeURIComponent(values[index] ?? "")]);
  return { place: route.place, path: Object.fromEntries(path) };
}

/** A streamer, for the operations that have no default one: that of the document's examples. */
export const STREAMER = "e1-eu2";

/** The origins of an operation; the first is the one that a call uses by default. */
export function originsOf({ servers }: DocumentedOperation): string[] {
  return servers.map(({ url }) => url.replace("{streamer}", STREAMER));
}
