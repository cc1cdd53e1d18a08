import { fieldsOf } from "../../openapi/fields.ts";
import type { OperationRules } from "../../openapi/operation-rules.ts";
import type { Schema } from "../../openapi/schema.ts";
import { operations } from "../document.ts";

/** A kind of thing that the API keeps: the items of a list, or one object, such as settings. */
export type Resource = NonNullable<ReturnType<typeof readResource>>;

/** An item as the API shows it, with what only the sandbox knows beside it. */
export type Item = Record<string, unknown>;

const ITEM_PATH = /^(.*\/)\{\w+\}\/$/;

/** Everything that can be listed or read, by its path. */
export const resources: ReadonlyMap<string, Resource> = new Map(
  operations.flatMap(({ path }) => readResource(path) ?? []).map((resource) => [resource.path, resource]),
);

/**
 * The resource at a path.
 *
 * @throws RangeError for a path that has none.
 */
export function resourceAt(path: string): Resource {
  const resource = resources.get(path);
  if (!resource) throw new RangeError(`The document has no list ${path}`);
  return resource;
}

function readResource(path: string) {
  const read = operationAt(path, "GET");
  const body = read?.signedIn ? read.schema : undefined;
  if (!read || !body) return undefined;
  const listed = itemSchemaOf(body);
  // The operations at the path of an item belong to its list.
  if (!listed && operationAt(ITEM_PATH.exec(path)?.[1], "GET")) return undefined;
  const itemPath = operations.find((one) => one.method === "GET" && ITEM_PATH.exec(one.path)?.[1] === path)?.path;
  const get = listed ? operationAt(itemPath, "GET") : read;
  const create = listed ? operationAt(path, "POST") : undefined;
  const update = operationAt(listed ? itemPath : path, "PUT");
  const remove = listed ? operationAt(itemPath, "DELETE") : undefined;
  const schema = get?.schema ?? listed ?? body;
  return {
    /** Path template of the list or of the one object: `/v1/sensors/`. */
    path,
    /** The schema of an item in its list; undefined for one object. */
    listed,
    /** The field that identifies items. */
    idName: "uuid" in fieldsOf(schema).properties ? "uuid" : "id",
    /** The schema of a whole item. */
    schema,
    /** The body that creates an item; for one object, the body that changes it. */
    input: create?.body ?? update?.body,
    /** The items of the document's examples. */
    examples: [...(listed ? read.examples.flatMap(itemsOf) : []), ...(get?.examples ?? [])] as Item[],
    operations: { list: listed && read, create, get, update, remove },
  };
}

/** Path template of the collection that a path goes through: `/v1/cameras/` for its guests. */
export function parentOf(path: string): string | undefined {
  return /^(.*\/)\{\w+\}\/[^{]+$/.exec(path)?.[1];
}

function operationAt(path: string | undefined, method: string): OperationRules | undefined {
  return operations.find((one) => one.path === path && one.method === method);
}

/** The schema of the items, if a body is a list or a page of one. */
function itemSchemaOf(body: Schema): Schema | undefined {
  const list = body.type === "array" ? body : fieldsOf(body).properties.results;
  return list?.items as Schema | undefined;
}

function itemsOf(body: unknown): readonly unknown[] {
  return Array.isArray(body) ? body : (body as { results: unknown[] }).results;
}
