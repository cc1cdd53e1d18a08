// Angelcam's own document, read once for contract, sandbox and mock.
//
// To check requests against it, use the contract; its API is stable:
//
//   import { createContract } from "../contract/index.ts";
//   const contract = createContract({ baseUrl: "http://127.0.0.1:4010" });    // baseUrl may be left out
//   const violations = contract.checkRequest({ method, url, headers, bodyText });  // url: absolute, with its query
//   const errors = violations.filter(({ severity }) => severity === "error");
//   // Each has: kind, in ("query" | "body" | ...), pointer, value, message, operationId; see violation.ts.
//
// To find operations, use `angelcamDocument().operations`, `.operation(id)` and `angelcamRouter().find(method, url)`.
import json from "../../generated/openapi.json" with { type: "json" };
import { OpenApiDocument } from "./openapi-document.ts";
import { Router } from "./router.ts";

let document: OpenApiDocument | undefined;
let router: Router | undefined;

/** Angelcam's document, read at the first call. */
export function angelcamDocument(): OpenApiDocument {
  document ??= new OpenApiDocument(json);
  return document;
}

/** Finds operations of Angelcam's document by method and path, on any host. */
export function angelcamRouter(): Router {
  router ??= new Router(angelcamDocument());
  return router;
}
