import { distanceOf } from "../base/nearest-name.ts";
import type { OpenApiDocument } from "./openapi-document.ts";
import type { OpenApiOperation, OpenApiServer } from "./operation.ts";

/** The operation that a request is for. */
export interface Route {
  readonly operation: OpenApiOperation;
  /** The parameters of its path as the URL has them, still percent-encoded. */
  readonly path: Readonly<Record<string, string>>;
}

/**
 * Why a request has no route, or why its route is not quite right.
 *
 * - `outside`: neither below `baseUrl` nor on a server of the document.
 * - `wrong_server`: on a server of the document that does not have the operation.
 * - `slash`: right but for the slash at its end.
 * - `unknown_method`: the path has other methods.
 * - `unknown_path`: no such path.
 */
export type RouteProblem =
  | { readonly kind: "outside"; readonly base: string }
  | { readonly kind: "wrong_server"; readonly servers: readonly string[] }
  | { readonly kind: "slash"; readonly path: string; readonly template: string }
  | { readonly kind: "unknown_method"; readonly path: string; readonly methods: readonly string[] }
  | { readonly kind: "unknown_path"; readonly path: string; readonly nearest: string | undefined };

/** The result of looking for the operation of a request. */
export interface RouteMatch {
  /** Undefined when no operation of the document was meant. */
  readonly route: Route | undefined;
  readonly problem: RouteProblem | undefined;
}

interface Candidate {
  readonly operation: OpenApiOperation;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** How many letters a path may differ from the one that is suggested. */
const MAX_DISTANCE = 3;

/** Finds the operation of a request. */
export class Router {
  readonly #candidates: readonly Candidate[];
  readonly #servers: readonly OpenApiServer[];
  readonly #base: URL | undefined;

  /**
   * @param baseUrl Where the API is, if not on the servers of the document. Without it, the host does not matter.
   * @throws TypeError when `baseUrl` is no absolute URL.
   */
  constructor({ operations }: Pick<OpenApiDocument, "operations">, baseUrl?: string) {
    if (baseUrl !== undefined && !URL.canParse(baseUrl)) {
      throw new TypeError(`createContract: baseUrl must be an absolute URL, got "${baseUrl}"`);
    }
    this.#base = baseUrl === undefined ? undefined : new URL(baseUrl);
    const servers = operations.flatMap((operation) => operation.servers);
    this.#servers = [...new Map(servers.map((server) => [server.url, server])).values()];
    // A path with fewer parameters goes first, as OpenAPI demands: /v1/rts/messages/unread-count/ is no message id.
    this.#candidates = operations
      .map((operation) => ({
        operation,
        pattern: new RegExp(`^${escapeRegExp(operation.path).replaceAll(/\\\{[^{}\\]+\\\}/g, "([^/]+)")}$`),
        names: [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? ""),
      }))
      .sort((one, other) => one.names.length - other.names.length);
  }

  /** The operation of a request, and what is wrong with its address. */
  find(method: string, url: URL): RouteMatch {
    const path = this.#pathOf(url);
    if (path === undefined) {
      const base = this.#base;
      return { route: undefined, problem: { kind: "outside", base: `${base?.origin}${prefixOf(base)}` } };
    }
    const exact = this.#matching(path);
    const route = exact.find(({ operation }) => operation.method === method);
    if (route) return { route, problem: this.#serverProblem(route.operation, url) };
    if (exact.length > 0) {
      const methods = [...new Set(exact.map(({ operation }) => operation.method))];
      return { route: undefined, problem: { kind: "unknown_method", path, methods } };
    }
    const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
    const slipped = this.#matching(other).find(({ operation }) => operation.method === method);
    return slipped
      ? { route: slipped, problem: { kind: "slash", path, template: slipped.operation.path } }
      : { route: undefined, problem: { kind: "unknown_path", path, nearest: this.#nearest(path) } };
  }

  /** The methods of a path at its host; none where the document does not know the path there. */
  methodsAt(url: URL): string[] {
    const { problem } = this.find("(none)", url);
    return problem?.kind === "unknown_method"
      ? problem.methods.filter((method) => !this.find(method, url).problem)
      : [];
  }

  #pathOf({ origin, pathname }: URL): string | undefined {
    const base = this.#base;
    if (!base || this.isServerOrigin(origin)) {
      return this.#withoutServerPath(pathname);
    }
    const prefix = prefixOf(base);
    return origin === base.origin && pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : undefined;
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

  /** True when the document has a server with this origin. */
  isServerOrigin(origin: string): boolean {
    return this.#servers.some((server) => isServerOrigin(server, origin));
  }

  /** A server whose whole name is in the document goes before one with variables. */
  #serverProblem({ servers }: OpenApiOperation, { origin }: URL): RouteProblem | undefined {
    if (!this.isServerOrigin(origin)) return undefined;
    const hasWholeName = this.#servers.some((server) => !server.url.includes("{") && isServerOrigin(server, origin));
    const candidates = servers.filter(({ url }) => !hasWholeName || !url.includes("{"));
    if (candidates.some((server) => isServerOrigin(server, origin))) return undefined;
    return { kind: "wrong_server", servers: [...new Set(servers.map(({ url }) => url))] };
  }

  #nearest(path: string): string | undefined {
    const shapeOf = (segment: string) => (/^\{[^{}]+\}$|\d/.test(segment) ? "#" : segment);
    const shape = (text: string) => text.split("/").map(shapeOf).join("/");
    const rated = this.#candidates.map(({ operation }) => ({
      path: operation.path,
      distance: distanceOf(shape(path), shape(operation.path), MAX_DISTANCE),
    }));
    const best = rated.reduce((one, other) => (other.distance < one.distance ? other : one));
    return best.distance <= MAX_DISTANCE ? best.path : undefined;
  }
}

/** True when a server has this origin. A variable in its address is one part of a host name. */
export function isServerOrigin({ url }: OpenApiServer, origin: string): boolean {
  const [address = ""] = url.match(/^[a-z]+:\/\/[^/]+/) ?? [];
  if (!address.includes("{")) return address === origin;
  return new RegExp(`^${escapeRegExp(address).replaceAll(/\\\{[^{}\\]+\\\}/g, "[a-z0-9-]+")}$`).test(origin);
}

function prefixOf(base: URL | undefined): string {
  return base?.pathname.replace(/\/$/, "") ?? "";
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
