import type { OpenApiDocument } from "../openapi/openapi-document.ts";
import type { OpenApiContent, OpenApiOperation, OpenApiParameter } from "../openapi/operation.ts";
import { compareSchemas } from "./compare-schemas.ts";
import type { Difference } from "./difference.ts";

/** The address of a document that has no own: servers may be relative to it. */
const ANYWHERE = "https://localhost";

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
  const others = new Map(theirs.operations.map((operation) => [operation, keyOf(operation)]));
  for (const operation of ours.operations) {
    // Two paths may differ in the names of their parameters only, or in a slash.
    const key = keyOf(operation);
    const same = [...others].flatMap(([other, otherKey]) => (otherKey === key ? [other] : []));
    const other = same.find(({ path }) => operation.path.endsWith(path) || path.endsWith(operation.path)) ?? same[0];
    const name = `${operation.method} ${operation.path}`;
    if (other === undefined) add({ kind: "operation", location: operation.id, ours: name, theirs: undefined });
    else {
      comparePair({ ours: operation, theirs: other }, { ours, theirs }, add);
      others.delete(other);
    }
  }
  for (const { method, path } of others.keys()) {
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
  // Capitals do not matter in the name of a header.
  const labelOf = ({ in: part, name }: OpenApiParameter) => `${part} ${part === "header" ? name.toLowerCase() : name}`;
  const labels = new Map([...others, ...own].map((parameter) => [labelOf(parameter), parameter.name]));
  for (const [label, name] of labels) {
    const [one, other] = [own, others].map((list) => list.find((parameter) => labelOf(parameter) === label));
    const location = `${ours.id} ${label.split(" ")[0]} ${name}`;
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

/** `GET /v1/cameras/{}`: also where a server has a path of its own, which may hold variables. */
function keyOf({ method, path, servers: [server] }: OpenApiOperation): string {
  const address = server?.url.replaceAll(
    /\{([^{}]+)\}/g,
    (_, name: string) => server.variables?.[name]?.default ?? name,
  );
  const prefix = URL.canParse(address ?? "", ANYWHERE)
    ? new URL(address ?? "", ANYWHERE).pathname.replace(/\/$/, "")
    : "";
  const whole = `${prefix}${path}`.replace(/\/$/, "");
  return `${method} ${whole.replaceAll(/\{[^{}]+\}/g, "{}")}`;
}

function firstSchema(content: Readonly<Record<string, OpenApiContent>> | undefined) {
  const [first] = Object.values(content ?? {});
  return content?.["application/json"]?.schema ?? first?.schema;
}
