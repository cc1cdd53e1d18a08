import fc from "fast-check";
import { parametersOf } from "../client/documented-operations.ts";
import type { DocumentedOperation, Parameter } from "../spec/document.ts";
import { damagesOf, type Fault, UNKNOWN_NAME, wrongValues } from "./faults.ts";
import { valuesOf } from "./schema-values.ts";

// Requests made from the document alone: valid ones, and valid ones with a single thing wrong. A caller that checks requests
// (the contract, the mock) must take all of the first and reject all of the second:
//
//   fc.assert(fc.asyncProperty(validRequests(place), async (request) => {
//     const { method, url, headers, bodyText } = messageOf(request, "http://127.0.0.1:4010");
//     ...
//     for (const mutation of mutations(request)) messageOf(mutation.request, origin) is rejected, naming mutation.field
//   }));

/** A request as data, for {@link messageOf} to write out. */
export interface GeneratedRequest {
  readonly place: DocumentedOperation;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Undefined where nothing is sent. */
  readonly body: unknown;
  readonly contentType: string | undefined;
  /** Sent instead of the body, to the letter. */
  readonly rawBody?: string;
  /** Added at the end of the path or taken from it; for a slash too few. */
  readonly withoutSlash?: boolean;
}

/** A valid request with one thing wrong. */
export interface Mutation {
  readonly fault: Fault;
  readonly in: "path" | "query" | "header" | "body" | "url";
  /** Name of the parameter, or JSON pointer into the body. */
  readonly field: string;
  readonly request: GeneratedRequest;
}

/** A request as it goes out. */
export interface GeneratedMessage {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyText: string;
}

const FORM = "application/x-www-form-urlencoded";

/** Signed in as the examples of the document are. */
const AUTHORIZATION = "Bearer 1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ";

/** Valid requests of an operation: what is required, and any choice of the rest. */
export function validRequests(place: DocumentedOperation): fc.Arbitrary<GeneratedRequest> {
  const { requestBody } = place.operation;
  const [contentType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const isRequired = (requestBody as { required?: boolean } | undefined)?.required === true;
  const bodies = content?.schema ? valuesOf(content.schema, "client") : fc.constant(undefined);
  return fc.record({
    place: fc.constant(place),
    path: parameterValues(parametersOf(place, "path")),
    // A cursor is valid only as a page has handed it out.
    query: parameterValues(parametersOf(place, "query").filter(({ name }) => name !== "next")),
    headers: parameterValues(parametersOf(place, "header")),
    body: isRequired ? bodies : fc.option(bodies, { nil: undefined }),
    contentType: fc.constant(contentType),
  });
}

/** Every single mutation of a valid request, each with the field that it is to be rejected for. */
export function mutations(request: GeneratedRequest): Mutation[] {
  const { place } = request;
  return [
    ...(["path", "query", "header"] as const).flatMap((where) =>
      parametersOf(place, where).flatMap((parameter) => parameterMutations(request, parameter)),
    ),
    {
      fault: "unknown",
      in: "query",
      field: UNKNOWN_NAME,
      request: { ...request, query: { ...request.query, [UNKNOWN_NAME]: 1 } },
    },
    { fault: "missing slash", in: "url", field: "", request: { ...request, withoutSlash: true } },
    ...bodyMutations(request),
  ];
}

/** The request as it goes out to an origin, signed in. */
export function messageOf(request: GeneratedRequest, origin: string): GeneratedMessage {
  const { place, query, body, contentType, rawBody } = request;
  const filled = place.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(request.path[name])),
  );
  const path = request.withoutSlash ? filled.replace(/\/$/, "") : filled;
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  const isSent = body !== undefined || rawBody !== undefined;
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: place.method,
    url: `${origin}${path}${search === "" ? "" : `?${search}`}`,
    headers: {
      ...Object.fromEntries(headers),
      ...(place.operation.security?.length === 0 ? {} : { Authorization: AUTHORIZATION }),
      ...(isSent && contentType !== undefined ? { "Content-Type": contentType } : {}),
    },
    bodyText: rawBody ?? (body === undefined ? "" : textOf(body, contentType)),
  };
}

function parameterValues(parameters: readonly Parameter[]): fc.Arbitrary<Record<string, unknown>> {
  const model = Object.fromEntries(parameters.map((parameter) => [parameter.name, valuesOfParameter(parameter)]));
  const requiredKeys = parameters.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(model, { requiredKeys, noNullPrototype: true });
}

/** Texts in a path are short words: a slash or a dot in it would be another path. Commas part the items of a list. */
function valuesOfParameter({ in: where, schema = {} }: Parameter): fc.Arbitrary<unknown> {
  const isPlainText = schema.type === "string" && !schema.format && !("pattern" in schema) && !schema.enum;
  if (where === "path" && isPlainText && schema.const === undefined) return fc.stringMatching(/^x[a-z0-9]{1,12}$/);
  if (schema.type !== "array") return valuesOf(schema, "client");
  return valuesOf(schema, "client").filter((items) => !(items as unknown[]).some((item) => /^$|,/.test(String(item))));
}

function parameterMutations(request: GeneratedRequest, parameter: Parameter): Mutation[] {
  const { name, required, schema = {} } = parameter;
  const where = parameter.in as "path" | "query" | "header";
  const part = { path: "path", query: "query", header: "headers" }[where] as "path" | "query" | "headers";
  const changed = (values: Readonly<Record<string, unknown>>) => ({ ...request, [part]: values });
  const wrong = [...wrongValues(schema, true), ...(schema.items ? wrongValues(schema.items, true) : [])]
    // An empty segment between two slashes is another path.
    .filter(({ fault }) => !(fault === "empty" && where === "path"))
    .map(({ fault, value }): Mutation => {
      return { fault, in: where, field: name, request: changed({ ...request[part], [name]: value }) };
    });
  if (!required || where === "path") return wrong;
  const { [name]: _, ...rest } = request[part];
  return [{ fault: "missing", in: where, field: name, request: changed(rest) }, ...wrong];
}

function bodyMutations(request: GeneratedRequest): Mutation[] {
  const { place, body, contentType } = request;
  const { requestBody } = place.operation;
  const schema = requestBody?.content[contentType ?? ""]?.schema;
  if (!requestBody || !schema || body === undefined) return [];
  const mutation = (fault: Fault, field: string, change: Partial<GeneratedRequest>): Mutation => {
    return { fault, in: "body", field, request: { ...request, ...change } };
  };
  const isForm = contentType === FORM;
  const damaged = damagesOf(schema, body, "client", isForm).map((damage) =>
    mutation(damage.fault, damage.pointer, { body: damage.value }),
  );
  const isRequired = (requestBody as { required?: boolean }).required === true;
  return [
    ...damaged,
    ...(isRequired ? [mutation("missing", "", { body: undefined })] : []),
    ...(isForm ? [] : [mutation("broken JSON", "", { rawBody: "{bad" })]),
    { ...mutation("wrong content type", "Content-Type", { contentType: "text/plain", rawBody: "x" }), in: "header" },
  ];
}

function textOf(body: unknown, contentType: string | undefined): string {
  if (contentType !== FORM) return JSON.stringify(body);
  return new URLSearchParams(
    Object.entries(body as Record<string, unknown>).map(([name, value]) => [name, String(value)]),
  ).toString();
}
