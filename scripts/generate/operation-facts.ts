import type { Parameter, Schema, Server } from "./document.ts";

/** What the generated client needs to know of one operation, read from the bundled document. */
export interface OperationFacts {
  id: string;
  /** Where it stands in the document, for error messages. */
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
  paging: "offset" | "next" | undefined;
  /** How many items a page has unless the caller asks for more or fewer. */
  pageLimit: number | undefined;
  contentType: string | undefined;
  bodyRequired: boolean;
  /** True for a page that a person opens: it stands in the table, but is no method. */
  openedInBrowser: boolean;
  repeatable: Repeatable;
  /** True when callers who ask for the same at the same moment may share one answer. */
  shareable: boolean;
  /** True when a success answer may come without data. */
  mayBeEmpty: boolean;
  pathParameters: readonly Parameter[];
  queryParameters: readonly Parameter[];
  /** Bounds of numeric parameters, checked before a request is spent. */
  numbers: Readonly<Record<string, NumberBounds>>;
  /** Success answers: the schema, or undefined for an empty one. */
  answers: readonly (Schema | undefined)[];
  summary: string;
  description: string;
  deprecated: boolean;
  tag: string | undefined;
}

/** `refused`: only after an answer that says that nothing was done (429, 503). */
export type Repeatable = boolean | "refused";

/** What a numeric parameter may be. */
export interface NumberBounds {
  integer?: true;
  minimum?: number;
  maximum?: number;
}
