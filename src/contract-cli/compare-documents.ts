import type { OpenApiDocument } from "../openapi/openapi-document.ts";
import type { OpenApiContent, OpenApiOperation } from "../openapi/operation.ts";
import { compareSchemas } from "./compare-schemas.ts";
import type { Difference } from "./difference.ts";

/** An operation, found in both documents. */
interface Pair {
  readonly ours: OpenApiOperation;
  readonly theirs: OpenApiOperation;
}

/**
 * The differences between our document and another one of the same API: operations, parameters, statuses, fields, types,
 * nullability and enums. Operations are matched by method and path; names of path parameters, slashes at the end and
 * paths of servers do not matter.
 */
export function compareDocuments(ours: OpenApiDocument, theirs: OpenApiDocument): Difference[] {
  const found = new Map<string, Difference>();
  const add = (difference: Difference) => {
    const key = `${difference.kind} ${difference.location}`;
    if (!found.has(key)) found.set(key, difference);
  };
  const others = new Map(theirs.operations.map((operation) => [keyOf(operation), operation]));
  for (const operation of ours.operations) {
    const other = others.get(keyOf(operation));
    const name = `${operation.method} ${operation.path}`;
    if (other === undefined) add({ kind: "operation", location: operation.id, ours: name, theirs: undefined });
    else comparePair({ ours: operation, theirs: other }, { ours, theirs }, add);
    others.delete(keyOf(operation));
  }
  for (const { method, path } of others.values()) {
    const name = `${method} ${path}`;
    add({ kind: "operation", location: name, ours: undefined, theirs: name });
  }
  return [...found.values()];
}

function comparePair(
  { ours, theirs }: Pair,
  documents: { readonly ours: OpenApiDocument; readonly theirs: OpenApiDocument },
  add: (difference: Difference) => void,
): void {
  compareParameters({ ours, theirs }, documents, add);
  const bodies = [firstSchema(ours.body?.content), firstSchema(theirs.body?.content)];
  if (bodies[0] || bodies[1]) {
    compareSchemas(bodies[0] ?? {}, bodies[1] ?? {}, `${ours.id} request`, "request", documents, add);
  }
  const statuses = new Set([...Object.keys(ours.responses), ...Object.keys(theirs.responses)]);
  for (const status of statuses) {
    const [own, other] = [ours.responses[status], theirs.responses[status]];
    if (!own || !other) {
      const location = `${ours.id} ${status}`;
      add({ kind: "status", location, ours: own && status, theirs: other && status });
      continue;
    }
    const [ownSchema, otherSchema] = [firstSchema(own.content), firstSchema(other.content)];
    if (ownSchema && otherSchema) {
      compareSchemas(ownSchema, otherSchema, `${ours.id} ${status}`, "response", documents, add);
    }
  }
}

function compareParameters(
  { ours, theirs }: Pair,
  documents: { readonly ours: OpenApiDocument; readonly theirs: OpenApiDocument },
  add: (difference: Difference) => void,
): void {
  // Names of path parameters are free: these are matched by their position in the path.
  const own = ours.parameters.filter((parameter) => parameter.in !== "path");
  const others = theirs.parameters.filter((parameter) => parameter.in !== "path");
  const names = new Set([...own, ...others].map((parameter) => `${parameter.in} ${parameter.name}`));
  for (const name of names) {
    const [one, other] = [own, others].map((list) =>
      list.find((parameter) => `${parameter.in} ${parameter.name}` === name),
    );
    const location = `${ours.id} ${name}`;
    if (!one || !other) {
      add({ kind: "parameter", location, ours: one?.name, theirs: other?.name });
      continue;
    }
    const [required, otherRequired] = [one.required ?? false, other.required ?? false].map(String);
    if (required !== otherRequired) {
      add({ kind: "parameter_required", location, ours: required, theirs: otherRequired });
    }
    compareSchemas(one.schema, other.schema, location, "request", documents, add);
  }
}

/** `GET /v1/cameras/{}`: also where a server has a path of its own. */
function keyOf({ method, path, servers }: OpenApiOperation): string {
  const [, prefix = ""] = servers[0]?.url.match(/^(?:[a-z]+:\/\/[^/]+)?(\/.*?)?\/?$/) ?? [];
  const whole = `${prefix}${path}`.replace(/\/$/, "");
  return `${method} ${whole.replaceAll(/\{[^{}]+\}/g, "{}")}`;
}

function firstSchema(content: Readonly<Record<string, OpenApiContent>> | undefined) {
  const [first] = Object.values(content ?? {});
  return content?.["application/json"]?.schema ?? first?.schema;
}
