import { type Document, resolve, type Schema } from "../../generate/document.ts";
import type { PlacedOperation } from "../../shared/sample-request.ts";

/** A schema as the docs read it. */
export interface FieldSchema extends Omit<Schema, "properties" | "items" | "allOf" | "oneOf" | "anyOf"> {
  title?: string;
  description?: string;
  deprecated?: boolean;
  readOnly?: boolean;
  writeOnly?: boolean;
  required?: string[];
  const?: unknown;
  examples?: unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, FieldSchema>;
  additionalProperties?: FieldSchema | boolean;
  items?: FieldSchema;
  allOf?: FieldSchema[];
  oneOf?: FieldSchema[];
  anyOf?: FieldSchema[];
}

/** An example of a body, a parameter or a header. */
export interface Example {
  summary?: string;
  value?: unknown;
}

/** A body of one media type. */
export interface MediaType {
  schema?: FieldSchema;
  examples?: Record<string, Example>;
}

/** A parameter, or a header of a response. */
export interface ParameterPart extends MediaType {
  name: string;
  in: string;
  required?: boolean;
  deprecated?: boolean;
  description?: string;
  example?: unknown;
}

/** The body of a request, or a response. */
export interface MessagePart {
  description?: string;
  headers?: Record<string, ParameterPart>;
  content?: Record<string, MediaType>;
}

/** The parameters of an operation, those of its path first. */
export function parametersOf(document: Document, { path, operation }: PlacedOperation): ParameterPart[] {
  const parameters = [...(document.paths?.[path]?.parameters ?? []), ...(operation.parameters ?? [])];
  return parameters.map((parameter) => resolve(document, parameter) as ParameterPart);
}

/** The responses of an operation by their status. */
export function responsesOf(document: Document, { operation }: PlacedOperation): [status: string, MessagePart][] {
  const responses = Object.entries(operation.responses ?? {});
  return responses.map(([status, response]) => [status, resolve(document, response) as MessagePart]);
}

/** The examples of a body, a parameter or a header, in the order of the document. */
export function examplesOf(document: Document, part: MediaType): Example[] {
  return Object.values(part.examples ?? {}).map((example) => resolve(document, example));
}
