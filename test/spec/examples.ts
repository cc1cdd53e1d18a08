import { type Document, type Exemplified, type Operation, operationsOf, resolve, type Schema } from "./document.ts";

/** An example and the schema that it must satisfy. */
export interface Sample {
  /** Its location in the document, for the message of a failure. */
  where: string;
  kind: "response" | "request" | "parameter" | "header" | "schema";
  schema: Schema;
  value: unknown;
}

/** Every example of the document: of bodies, parameters, headers and schemas. */
export function samplesOf(document: Document): Sample[] {
  return [...operationSamples(document), ...schemaSamples(document)];
}

function operationSamples(document: Document): Sample[] {
  return operationsOf(document).flatMap(({ name, operation }) => {
    const samples: Sample[] = [];
    const add = (kind: Sample["kind"], where: string, part: Exemplified) =>
      samples.push(...valuesOf(document, part).map(([key, value]) => sample(kind, `${where} ${key}`, part, value)));
    for (const parameter of operation.parameters ?? []) {
      const whole = resolve(document, parameter);
      add("parameter", `${name} ${whole.name}`, whole);
    }
    for (const [type, content] of Object.entries(operation.requestBody?.content ?? {})) {
      add("request", `${name} ${type}`, content);
    }
    for (const [status, reference] of Object.entries(operation.responses)) {
      const { content, headers } = resolve(document, reference);
      for (const part of Object.values(content ?? {})) add("response", `${name} ${status}`, part);
      for (const [header, part] of Object.entries(headers ?? {})) {
        add("header", `${name} ${status} ${header}`, resolve(document, part));
      }
    }
    return samples;
  });
}

/** The `example` or the named `examples` of a part. */
export function valuesOf(document: Document, part: Exemplified): [string, unknown][] {
  const named = Object.entries(part.examples ?? {});
  const values = named.map(([key, example]): [string, unknown] => [key, resolve(document, example).value]);
  return part.example === undefined ? values : [...values, ["example", part.example]];
}

/** The example of this name in the request of an operation, as a copy. */
export function requestExample(document: Document, id: string, name: string): Record<string, unknown> {
  const { requestBody } = operationNamed(document, id);
  return exampleIn(document, Object.values(requestBody?.content ?? {}), `${id} request ${name}`, name);
}

/** The example of this name in the successful response of an operation, as a copy. */
export function responseExample(document: Document, id: string, name: string): Record<string, unknown> {
  const [response = {}] = Object.entries(operationNamed(document, id).responses)
    .filter(([status]) => status.startsWith("2"))
    .map(([, reference]) => resolve(document, reference));
  return exampleIn(document, Object.values(response.content ?? {}), `${id} response ${name}`, name);
}

function operationNamed(document: Document, id: string): Operation {
  const place = operationsOf(document).find(({ operation }) => operation.operationId === id);
  if (!place) throw new Error(`${id} is not in the document`);
  return place.operation;
}

function exampleIn(document: Document, parts: readonly Exemplified[], where: string, name: string) {
  const [found] = parts.flatMap((part) => valuesOf(document, part)).filter(([key]) => key === name);
  if (!found) throw new Error(`${where} is not in the document`);
  return structuredClone(found[1]) as Record<string, unknown>;
}

function schemaSamples(document: Document): Sample[] {
  return Object.entries(document.components.schemas).flatMap(([name, schema]) => nestedSamples(name, schema));
}

function nestedSamples(where: string, schema: Schema): Sample[] {
  const own = (schema.examples ?? []).map((value): Sample => ({ where, kind: "schema", schema, value }));
  const nested: [string, Schema][] = [
    ...Object.entries(schema.properties ?? {}),
    ...(schema.oneOf ?? []).map((branch, index): [string, Schema] => [`oneOf ${index}`, branch]),
    ...(schema.items ? [["items", schema.items] as [string, Schema]] : []),
  ];
  return [...own, ...nested.flatMap(([key, part]) => nestedSamples(`${where}.${key}`, part))];
}

function sample(kind: Sample["kind"], where: string, part: Exemplified, value: unknown): Sample {
  return { where, kind, schema: part.schema ?? {}, value };
}
