import { angelcamDocument, angelcamRouter } from "../openapi/angelcam-document.ts";
import type { OpenApiOperation } from "../openapi/operation.ts";
import type { Route } from "../openapi/router.ts";

/** Trades credentials for tokens. It is a POST, but the account stays as it is, so it needs no permission to write. */
const TOKEN_OPERATION = "oauth.createToken";

/** Origins of the requests whose operation has no server of its own. */
export const mainServers: readonly string[] = angelcamDocument().servers.map(({ url }) => new URL(url).origin);

/** The operation of the document that a request is for, and its path parameters; undefined when there is none. */
export function routeOf(method: string, url: URL): Route | undefined {
  return angelcamRouter().find(method, url).route;
}

/** The operation of the document that a request is for; undefined when there is none. */
export function operationOf(method: string, url: URL): OpenApiOperation | undefined {
  return routeOf(method, url)?.operation;
}

/**
 * True when an operation leaves everything as it is. A GET alone is no promise: one of the document reports an event
 * (201), and one plays a sound (204). A GET that only reads returns 200.
 */
export function onlyReads({ id, method, responses }: OpenApiOperation): boolean {
  return id === TOKEN_OPERATION || (method === "GET" && "200" in responses);
}
