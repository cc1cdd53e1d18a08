import type { Document } from "../spec/document.ts";
import { declared, type GeneratedRequest } from "./requests.ts";
import { fieldsOf, type Schema, schemaOf } from "./schema-values.ts";

/** A request with one thing wrong. */
export interface Mutation {
  /** The parameter or the field at fault; dots lead into it. */
  readonly field: string;
  readonly what: string;
  readonly request: GeneratedRequest;
}

const UNKNOWN = "no_such_name";

/** Every way to spoil a valid request in one place. */
export function mutationsOf(document: Document, request: GeneratedRequest): Mutation[] {
  return [
    ...(["path", "query", "header"] as const).flatMap((where) => parameterMutations(document, request, where)),
    ...bodyMutations(document, request),
  ];
}

function parameterMutations(
  document: Document,
  request: GeneratedRequest,
  where: "path" | "query" | "header",
): Mutation[] {
  const change = (field: string, what: string, value: string | undefined): Mutation => {
    const { [field]: _, ...rest } = request[where];
    return { field, what, request: { ...request, [where]: value === undefined ? rest : { ...rest, [field]: value } } };
  };
  const known = declared(document, request.place, where).flatMap(({ name, schema = {}, required }) => {
    const { type, items } = schemaOf(document, schema);
    const wrong = wrongValues(schemaOf(document, type === "array" ? (items ?? {}) : schema), true);
    return [
      ...wrong
        .filter(([, value]) => value !== "" || where === "query")
        .map(([what, value]) => change(name, what, String(value))),
      ...(required && where !== "path" ? [change(name, "missing", undefined)] : []),
    ];
  });
  return where === "query" ? [...known, change(UNKNOWN, "unknown", "5")] : known;
}

function bodyMutations(document: Document, request: GeneratedRequest): Mutation[] {
  const { body, type, place } = request;
  const schema = Object.values(place.operation.requestBody?.content ?? {})[0]?.schema;
  if (!body || !schema) return [];
  return objectMutations(document, body, branchOf(document, schema, body), type !== "application/json").map(
    ({ path, what, value }) => ({ field: path.join("."), what, request: { ...request, body: value } }),
  );
}

interface ObjectMutation {
  readonly path: readonly string[];
  readonly what: string;
  readonly value: Readonly<Record<string, unknown>>;
}

function objectMutations(
  document: Document,
  value: Readonly<Record<string, unknown>>,
  schema: Schema,
  isText: boolean,
): ObjectMutation[] {
  const { properties, required } = fieldsOf(document, schema);
  const missing = required.map((name): ObjectMutation => {
    const { [name]: _, ...rest } = value;
    return { path: [name], what: "missing", value: rest };
  });
  const spoiled = Object.entries(properties).flatMap(([name, reference]): ObjectMutation[] => {
    const property = schemaOf(document, reference);
    const own = wrongValues(property, isText).map(([what, wrong]) => ({
      path: [name],
      what,
      value: { ...value, [name]: wrong },
    }));
    const nested = value[name];
    if (!isObject(nested)) return own;
    const inner = objectMutations(document, nested, branchOf(document, property, nested), isText).map((one) => ({
      path: [name, ...one.path],
      what: one.what,
      value: { ...value, [name]: one.value },
    }));
    return [...own, ...inner];
  });
  return [...missing, ...spoiled, { path: [UNKNOWN], what: "unknown", value: { ...value, [UNKNOWN]: "5" } }];
}

/** Values that a schema forbids. In an address or a form every value is a text. */
function wrongValues(schema: Schema, isText: boolean): [what: string, value: unknown][] {
  const types = [schema.type ?? "object"].flat();
  const isOf = (...names: string[]) => names.some((name) => types.includes(name));
  const number = isOf("integer", "number");
  return [
    ...wrongType(types, isText),
    ...(isOf("integer") ? ([["no whole number", isText ? "1.5" : 1.5]] as const) : []),
    ...(schema.minimum === undefined ? [] : ([["too small", schema.minimum - 1]] as const)),
    ...(schema.maximum === undefined ? [] : ([["too big", schema.maximum + 1]] as const)),
    ...(schema.minLength ? ([["empty", ""]] as const) : []),
    ...(schema.enum || schema.const !== undefined ? ([["not in the enum", number ? 77_777 : "magic"]] as const) : []),
    ...(schema.pattern ? ([["not of the pattern", "?!"]] as const) : []),
    ...(FORMATS.has(schema.format ?? "") ? ([["not of the format", "not of this format"]] as const) : []),
  ].map(([what, value]) => [what, value]);
}

const FORMATS = new Set(["uuid", "email", "uri", "duration", "date-time"]);

function wrongType(types: readonly string[], isText: boolean): [what: string, value: unknown][] {
  const what = "of the wrong type";
  if (isText) return types.includes("string") ? [] : [[what, "abc"]];
  const wrong = types.includes("string") ? 12_345 : "abc";
  return [[what, wrong], [what, [[]]], ...(types.includes("null") ? [] : [[what, null] as [string, unknown]])];
}

/** The branch that a value was made by. */
function branchOf(document: Document, reference: Schema, value: Readonly<Record<string, unknown>>): Schema {
  const schema = schemaOf(document, reference);
  const branches = (schema.oneOf ?? []).map((branch) => schemaOf(document, branch));
  const meant = branches.find((branch) =>
    Object.entries(fieldsOf(document, branch).properties).every(([name, property]) => {
      const constant = schemaOf(document, property).const;
      return constant === undefined || constant === value[name];
    }),
  );
  return meant ?? schema;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
