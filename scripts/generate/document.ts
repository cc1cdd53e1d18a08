import { GenerationError } from "./generation-error.ts";

/** The parts of a bundled OpenAPI document that the generator reads. */
export interface Document {
  openapi: string;
  info: { title: string; version: string; summary?: string };
  servers?: Server[];
  security?: Record<string, string[]>[];
  tags?: { name: string; description?: string }[];
  paths?: Record<string, PathItem>;
  webhooks?: Record<string, unknown>;
  components?: Record<string, Record<string, unknown>>;
}

export interface Server {
  url: string;
  description?: string;
  "x-name"?: string;
  variables?: Record<string, { default: string; "x-required"?: boolean }>;
}

export type PathItem = {
  [method in "get" | "put" | "post" | "delete"]?: DocumentOperation;
} & { parameters?: Parameter[]; servers?: Server[] };

export interface DocumentOperation {
  operationId?: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  tags?: string[];
  servers?: Server[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema?: Schema }> };
  responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>;
  "x-pagination"?: string;
  "x-coalesce"?: boolean;
  "x-opened-in-browser"?: boolean;
  "x-retry"?: string;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  style?: string;
  explode?: boolean;
  schema?: Schema;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
}

/** Follows a local `$ref`, however long the chain. */
export function resolve<T extends object>(document: Document, part: T): T {
  let current: unknown = part;
  for (let steps = 0; isReference(current); steps++) {
    if (steps > 32) throw new GenerationError(`$ref ${current.$ref} leads back to itself`);
    current = follow(document, current.$ref);
  }
  return current as T;
}

function follow(document: Document, reference: string): unknown {
  let current: unknown = document;
  for (const name of reference.slice("#/".length).split("/")) {
    const key = name.replaceAll("~1", "/").replaceAll("~0", "~");
    current = (current as Record<string, unknown> | undefined)?.[key];
  }
  if (current === undefined) throw new GenerationError(`$ref ${reference} leads nowhere`, reference);
  return current;
}

function isReference(value: unknown): value is { $ref: string } {
  return typeof value === "object" && value !== null && typeof (value as { $ref?: unknown }).$ref === "string";
}
