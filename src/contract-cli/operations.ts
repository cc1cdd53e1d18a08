import document from "../../generated/openapi.json" with { type: "json" };
import { Router } from "../contract/route.ts";
import { type Operation, OperationBook } from "../openapi/openapi-document.ts";

/** Trades credentials for tokens. It is a POST, but the account stays as it is, so it needs no permission to write. */
const TOKEN_OPERATION = "oauth.createToken";

const router = new Router(new OperationBook(document), undefined);

/** Where requests of the document go that name no server of their own. */
export const mainServers: readonly string[] = document.servers.map(({ url }) => new URL(url).origin);

/** The operation of the document that a request is for; undefined when there is none. */
export function operationOf(method: string, url: URL): Operation | undefined {
  return router.find(method, url)?.operation;
}

/**
 * True when an operation leaves everything as it is. A GET alone is no promise: one of the document reports an event
 * (201), and one plays a sound (204). What only reads answers 200.
 */
export function onlyReads({ id, method, answers }: Operation): boolean {
  return id === TOKEN_OPERATION || (method === "GET" && "200" in answers);
}
