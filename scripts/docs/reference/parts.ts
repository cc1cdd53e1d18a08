import { type Document, type DocumentOperation, resolve, type Schema } from "../../generate/document.ts";

/** A schema as the reference tells of it. */
export interface FieldSchema extends Omit<Schema, "default" | "properties" | "items" | "allOf" | "oneOf" | "anyOf"> {
  title?: string;
  description?: string;
  deprecated?: boolean;
  readOnly?: boolean;
  writeOnly?: boolean;
  required?: string[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
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
  description?: string;
  value?: unknown;
}

/** A body of one media type. */
export interface MediaType {
  schema?: FieldSchema;
  examples?: Record<string, Example>;
}

/** A parameter, or a header of an answer. */
export interface ParameterPart extends MediaType {
  name: string;
  in: string;
  required?: boolean;
  deprecated?: boolean;
  description?: string;
  example?: unknown;
}

/** What an operation takes. */
export interface BodyPart {
  required?: boolean;
  description?: string;
  content: Record<string, MediaType>;
}

/** What an operation answers with. */
export interface AnswerPart {
  description?: string;
  headers?: Record<string, ParameterPart>;
  content?: Record<string, MediaType>;
}

/** The answers of an operation by their status. */
export function answersOf(document: Document, operation: DocumentOperation): [status: string, answer: AnswerPart][] {
  const answers = Object.entries(operation.responses ?? {});
  return answers.map(([status, answer]) => [status, resolve(document, answer) as AnswerPart]);
}

/** The examples of a body, a parameter or a header, in the order of the document. */
export function examplesOf(document: Document, part: MediaType): Example[] {
  return Object.values(part.examples ?? {}).map((example) => resolve(document, example));
}
