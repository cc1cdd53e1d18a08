import { readFileSync } from "node:fs";

/** A schema of the bundled document, as far as the tests read it. */
export interface Schema {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  default?: unknown;
  deprecated?: boolean;
  readOnly?: boolean;
  writeOnly?: boolean;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  examples?: unknown[];
}

/** Anything that carries examples of its schema: a body, a parameter, a header. */
export interface Exemplified {
  $ref?: string;
  description?: string;
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, Example>;
}

export interface Example {
  $ref?: string;
  summary?: string;
  value?: unknown;
}

export interface Parameter extends Exemplified {
  name: string;
  in: string;
  required?: boolean;
}

export interface Response {
  $ref?: string;
  description?: string;
  headers?: Record<string, Exemplified>;
  content?: Record<string, Exemplified>;
}

export interface Server {
  url: string;
  description?: string;
  "x-name"?: string;
  variables?: Record<string, { default: string; "x-required"?: boolean }>;
}

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  tags?: string[];
  security?: Record<string, string[]>[];
  servers?: Server[];
  parameters?: Parameter[];
  requestBody?: { description?: string; content: Record<string, Exemplified> };
  responses: Record<string, Response>;
  "x-pagination"?: string;
}

export type PathItem = { [method in "get" | "put" | "post" | "delete"]?: Operation } & { servers?: Server[] };

export interface Document {
  info: { title: string; version: string; summary?: string; description?: string };
  servers: Server[];
  tags: { name: string; description?: string }[];
  paths: Record<string, PathItem>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes: Record<
      string,
      { description?: string; flows?: Record<string, { scopes: Record<string, string> }> }
    >;
  };
}

/** An operation with its method, path and servers. */
export interface DocumentedOperation {
  /** `GET /v1/cameras/`. */
  name: string;
  method: string;
  path: string;
  operation: Operation;
  servers: Server[];
}

/** The bundle that everything else is derived from. */
export function readDocument(): Document {
  return JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8")) as Document;
}

/** Every operation of the document. */
export function operationsOf(document: Document): DocumentedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    (["get", "put", "post", "delete"] as const).flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const servers = operation.servers ?? item.servers ?? document.servers;
      return [{ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, operation, servers }];
    }),
  );
}

/** The part that a `$ref` leads to, or the part itself. */
export function resolve<T extends object>(document: Document, part: T): T {
  const reference = (part as { $ref?: string }).$ref;
  if (reference === undefined) return part;
  return resolve(document, find(document, reference) as T);
}

/** The schema with everything that its `allOf` adds. What it says itself counts more than what the parts say. */
export function flatten(document: Document, schema: Schema): Schema {
  const own = resolve(document, schema);
  if (!own.allOf) return own;
  const parts = [...own.allOf.map((part) => flatten(document, part)), own];
  const names = new Set(parts.flatMap((part) => Object.keys(part.properties ?? {})));
  const properties = [...names].map((name): [string, Schema] => [
    name,
    Object.assign({}, ...parts.map((part) => part.properties?.[name])),
  ]);
  return {
    ...Object.assign({}, ...parts),
    properties: Object.fromEntries(properties),
    required: [...new Set(parts.flatMap((part) => part.required ?? []))],
  };
}

/** The value at a JSON pointer of the document, such as `#/components/schemas/Camera`. */
export function find(document: Document, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);
}

/** `Camera` for `#/components/schemas/Camera`. */
export function nameOf(reference: string | undefined): string | undefined {
  return reference?.split("/").at(-1);
}
