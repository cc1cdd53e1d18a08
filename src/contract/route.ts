import { distanceOf } from "../base/nearest-name.ts";
import type { Operation, OperationBook, Server } from "../openapi/openapi-document.ts";
import { shownPath } from "./format-value.ts";
import type { Inspection } from "./inspection.ts";

/** The operation that a request is for. */
export interface Route {
  readonly operation: Operation;
  /** The parameters of its path as they stand in the URL, still encoded. */
  readonly path: Readonly<Record<string, string>>;
}

interface Candidate {
  readonly operation: Operation;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** Finds the operation of a request. */
export class Router {
  readonly #candidates: readonly Candidate[];
  readonly #servers: readonly Server[];
  readonly #base: URL | undefined;

  /** @throws TypeError when `baseUrl` is no absolute URL. */
  constructor({ operations }: OperationBook, baseUrl: string | undefined) {
    if (baseUrl !== undefined && !URL.canParse(baseUrl)) {
      throw new TypeError(`createContract: baseUrl must be an absolute URL, got "${baseUrl}"`);
    }
    this.#base = baseUrl === undefined ? undefined : new URL(baseUrl);
    this.#servers = operations.flatMap(({ servers }) => servers);
    // A path with fewer parameters goes first, as OpenAPI asks: /v1/cameras/shared/ is no camera's id.
    this.#candidates = operations
      .map((operation) => ({
        operation,
        pattern: new RegExp(`^${escaped(operation.path).replaceAll(/\\\{[^}]+\\\}/g, "([^/]+)")}$`),
        names: [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? ""),
      }))
      .sort((one, other) => one.names.length - other.names.length);
  }

  /** The operation, or undefined when there is none. Notes what is wrong with the address if an inspection is given. */
  find(method: string, url: URL, inspection?: Inspection): Route | undefined {
    const path = this.#pathOf(url, inspection);
    if (path === undefined) return undefined;
    const exact = this.#matching(path);
    const route = exact.find(({ operation }) => operation.method === method);
    if (route) {
      this.#noteServer(route.operation, url, inspection);
      return route;
    }
    const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
    const slipped = exact.length > 0 ? undefined : this.#matching(other).find((one) => one.operation.method === method);
    if (slipped) {
      const text = path.endsWith("/")
        ? "has a slash at its end that the document does not have"
        : "lacks the slash at its end";
      inspection?.note({
        kind: "missing_slash",
        in: "url",
        pointer: shownPath(path),
        text,
        hint: `Use ${slipped.operation.path}`,
      });
      return slipped;
    }
    if (exact.length > 0) {
      const methods = [...new Set(exact.map(({ operation }) => operation.method))].join(", ");
      const hint = `It takes ${methods}`;
      inspection?.note({
        kind: "unknown_method",
        in: "method",
        pointer: "",
        text: `${shownPath(path)} does not take ${method}`,
        hint,
      });
    } else {
      const hint = this.#nearest(path);
      inspection?.note({
        kind: "unknown_path",
        in: "url",
        pointer: shownPath(path),
        text: "is no path of the document",
        hint,
      });
    }
    return undefined;
  }

  #pathOf({ origin, pathname }: URL, inspection: Inspection | undefined): string | undefined {
    const base = this.#base;
    if (!base || this.#servers.some((server) => isOriginOf(server, origin))) return this.#withoutServerPath(pathname);
    const prefix = base.pathname.replace(/\/$/, "");
    if (origin === base.origin && pathname.startsWith(`${prefix}/`)) return pathname.slice(prefix.length);
    const text = `is neither below ${base.origin}${prefix} nor on a server of the document`;
    inspection?.note({ kind: "server", in: "url", pointer: `${origin}${shownPath(pathname)}`, text });
    return undefined;
  }

  /** Servers of the document may have a path of their own. */
  #withoutServerPath(pathname: string): string {
    const prefixes = this.#servers.map(({ url }) => url.replace(/^[a-z]+:\/\/[^/]+/, "").replace(/\/$/, ""));
    const prefix = prefixes.find((one) => one !== "" && pathname.startsWith(`${one}/`)) ?? "";
    return pathname.slice(prefix.length);
  }

  #matching(path: string): Route[] {
    return this.#candidates.flatMap(({ operation, pattern, names }) => {
      const match = path.match(pattern);
      if (!match) return [];
      return [{ operation, path: Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ""])) }];
    });
  }

  /** A request that went to a server of the document, but not to one of this operation. */
  #noteServer({ servers }: Operation, { origin }: URL, inspection: Inspection | undefined): void {
    if (servers.some((server) => isOriginOf(server, origin))) return;
    if (!this.#servers.some((server) => isOriginOf(server, origin))) return;
    const hint = `It is on ${[...new Set(servers.map(({ url }) => url))].join(" or ")}`;
    inspection?.note({ kind: "server", in: "url", pointer: origin, text: "does not have this operation", hint });
  }

  #nearest(path: string): string | undefined {
    const shape = (text: string) => text.replaceAll(/\{[^}]+\}|[^/]*\d[^/]*/g, "#");
    const judged = this.#candidates.map(({ operation }) => ({
      path: operation.path,
      distance: distanceOf(shape(path), shape(operation.path)),
    }));
    const best = judged.reduce((one, other) => (other.distance < one.distance ? other : one));
    return best.distance <= 3 ? `Did you mean ${best.path}?` : undefined;
  }
}

/** A server with variables has the origins in which each stands for one part of a host name. */
function isOriginOf({ url }: Server, origin: string): boolean {
  const [address = ""] = url.match(/^[a-z]+:\/\/[^/]+/) ?? [];
  if (!address.includes("{")) return address === origin;
  return new RegExp(`^${escaped(address).replaceAll(/\\\{[^}]+\\\}/g, "[a-z0-9-]+")}$`).test(origin);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
