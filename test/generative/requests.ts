import fc from "fast-check";
import { type Document, type Parameter, type Place, resolve } from "../spec/document.ts";
import { type Schema, schemaOf, valuesOf } from "./schema-values.ts";

/** A request to an operation, before it is written down as HTTP. */
export interface GeneratedRequest {
  readonly place: Place;
  readonly path: Values;
  readonly query: Values;
  readonly header: Values;
  /** Undefined for none. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  /** The media type of the body. */
  readonly type: string | undefined;
}

/** Parameters, written as they travel. */
export type Values = Readonly<Record<string, string>>;

/** Requests to an operation that keep to the document in everything. */
export function validRequest(document: Document, place: Place): fc.Arbitrary<GeneratedRequest> {
  const [type, content] = Object.entries(place.operation.requestBody?.content ?? {})[0] ?? [];
  return fc.record({
    place: fc.constant(place),
    path: parametersIn(document, place, "path"),
    query: parametersIn(document, place, "query"),
    header: parametersIn(document, place, "header"),
    body: content
      ? (valuesOf(document, content.schema ?? {}) as fc.Arbitrary<Record<string, unknown>>)
      : fc.constant(undefined),
    type: fc.constant(type),
  });
}

/** Writes a request down for `fetch`. */
export function written(origin: string, request: GeneratedRequest): { url: string; init: RequestInit } {
  const { place, path, query, header, body, type } = request;
  const filled = place.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
  const search = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join("="));
  const isSignedIn = place.operation.security?.length !== 0;
  const headers = {
    ...header,
    ...(isSignedIn ? { Authorization: "Bearer anything" } : {}),
    ...(body && type ? { "Content-Type": type } : {}),
  };
  return {
    url: `${origin}${filled}${search.length > 0 ? `?${search.join("&")}` : ""}`,
    init: { method: place.method, headers, redirect: "manual", ...(body ? { body: textOf(body, type) } : {}) },
  };
}

function textOf(body: Readonly<Record<string, unknown>>, type: string | undefined): string {
  return type === "application/json" ? JSON.stringify(body) : new URLSearchParams(body as Values).toString();
}

/** The parameters of an operation in one place. */
export function declared(document: Document, { operation }: Place, where: string): Parameter[] {
  return (operation.parameters ?? [])
    .map((parameter) => resolve(document, parameter))
    .filter((parameter) => parameter.in === where);
}

function parametersIn(document: Document, place: Place, where: string): fc.Arbitrary<Values> {
  const parameters = declared(document, place, where);
  const values = parameters.map((one) => [one.name, travelling(document, one, where)] as const);
  const required = parameters.filter((one) => one.required).map(({ name }) => name);
  return fc.record(Object.fromEntries(values), { requiredKeys: required }) as fc.Arbitrary<Values>;
}

/** A value as it travels; one that cannot be told from another shape there is left out. */
function travelling(document: Document, { schema }: Parameter, where: string): fc.Arbitrary<string> {
  const reference: Schema = schema ?? {};
  const isFreeText = schemaOf(document, reference).type === "string" && where !== "query";
  return valuesOf(document, reference)
    .map((value) => [value].flat().join(","))
    .filter((text) => text.trim() === text && text !== "" && (!isFreeText || /^[\w-]+$/.test(text)));
}
