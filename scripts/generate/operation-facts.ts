import type { Parameter, Schema, Server } from "./document.ts";

/** The facts of one operation that the generated files need, read from the bundled document. */
export interface OperationFacts {
  id: string;
  /** JSON pointer in the document, for error messages. */
  pointer: string;
  /** The names before the last dot, `["cameras", "clips"]` for `cameras.clips.create`. */
  resource: readonly string[];
  /** The name behind the last dot. */
  verb: string;
  method: "GET" | "PUT" | "POST" | "DELETE";
  path: string;
  servers: readonly Server[];
  /** Names of the security schemes that it accepts; empty when it is called without a credential. */
  security: readonly string[];
  scopes: readonly string[];
  pagination: "offset" | "next" | undefined;
  /** How many items a page has by default. */
  pageSize: number | undefined;
  contentType: string | undefined;
  bodyRequired: boolean;
  /** Names of the body's fields; undefined where the schema does not list them. */
  bodyFields: readonly string[] | undefined;
  /** True for a page that a person opens: it is in the table, but is no method. */
  openedInBrowser: boolean;
  retry: RetryMode;
  /** True when simultaneous callers with the same request may share one response. */
  coalescable: boolean;
  /** True when a success response may come without data. */
  mayBeEmpty: boolean;
  pathParameters: readonly Parameter[];
  queryParameters: readonly Parameter[];
  /** The rule for each path and query parameter, checked before a request is spent. */
  rules: Readonly<Record<string, ParameterRule>>;
  /** Schemas of the success responses, or undefined for an empty one. */
  responses: readonly (Schema | undefined)[];
  /** True when the data of a success response is an array and no object. */
  returnsArray: boolean;
  summary: string;
  description: string;
  deprecated: boolean;
  tag: string | undefined;
}

/** When the client may send the same request again; `if_rejected`: only after a response that means that the request had no effect (429, 503). */
export type RetryMode = "always" | "if_rejected" | "never";

/** The rule for a path or query parameter. */
export interface ParameterRule {
  type: "integer" | "number" | "string" | "date-time";
  minimum?: number;
  maximum?: number;
}
