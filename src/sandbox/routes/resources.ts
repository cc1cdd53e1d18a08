import type { OperationId } from "../../../generated/operations.ts";
import { cursorPage } from "../cursor-page.ts";
import { type OperationRules, operations } from "../document.ts";
import { offsetPage } from "../offset-page.ts";
import type { Collection } from "../resources/collection.ts";
import { project } from "../resources/fields.ts";
import { remakeItem } from "../resources/make-item.ts";
import { type Action, type Item, type Resource, resourceOf, resources } from "../resources/resource-table.ts";
import { specialOf } from "../resources/special-resources.ts";
import { errorResponse, InvalidInputError, noContent } from "../responses.ts";
import type { Routes, SignedInCall } from "../route-table.ts";
import type { Space } from "../space.ts";

type Call = SignedInCall<OperationId>;

/** Parameters that say which page is meant, or how to show its items. All others filter. */
const NO_FILTERS = new Set([
  ...["limit", "offset", "cursor", "next", "ordering", "created_by"],
  ...["refresh_rate", "max_width", "max_height", "stream_expires_at"],
]);

/** Serves what every part of the document does in the same way: list, create, get, update and delete. */
export function serveResources(routes: Routes): void {
  for (const { id } of operations) {
    const found = routes.get(id) ? undefined : resourceOf(id);
    if (!found) continue;
    const { resource, action } = found;
    const rules = resource.operations[action];
    if (rules) routes.signedIn(id, (call) => serve(action, resource, rules, call));
  }
}

/** True when the item is there that a path goes through: `/v1/cameras/{camera_id}/guests/` needs its camera. */
export function itemExists(template: string, space: Space, path: Readonly<Record<string, unknown>>): boolean {
  const parent = /^(.*\/)\{\w+\}\/[^{]+$/.exec(template)?.[1];
  const resource = parent === undefined ? undefined : resources.get(parent);
  if (!resource) return true;
  const id = parentIdIn(path);
  if (resource.path === "/v1/arrow-clients/") return space.arrowClients.get(String(id)) !== undefined;
  return itemsOf(resource, space, {}).get(id) !== undefined;
}

function serve(action: Action, resource: Resource, rules: OperationRules, call: Call): Response {
  const { space, path } = call;
  if (!itemExists(resource.path, space, path)) return errorResponse(404);
  if (!resource.isList) return serveObject(resource, rules, call);
  const items = itemsOf(resource, space, path);
  if (action === "list") return list(resource, items, rules, call);
  if (action === "create") return create(resource, items, rules, call);
  const id = Object.values(path).at(-1) as number | string;
  const item = items.get(id);
  if (!item) return errorResponse(404);
  const special = specialOf(resource.path);
  if (action === "remove") {
    items.remove(id);
    return noContent();
  }
  if (action === "update") update(resource, item, call);
  const response = respond(rules, special.show?.(item, space, call.query) ?? item);
  if (action === "get") special.afterGet?.(item, space);
  return response;
}

function serveObject(resource: Resource, rules: OperationRules, { space, path, body }: Call): Response {
  const object = space.resources.object(resource, parentIdIn(path));
  if (rules.body) Object.assign(object, body);
  return respond(rules, specialOf(resource.path).show?.(object, space, {}) ?? object);
}

function list(
  resource: Resource,
  items: Collection<Item>,
  rules: OperationRules,
  { space, query, url }: Call,
): Response {
  const special = specialOf(resource.path);
  const filters = Object.entries(query as Item).filter(([name]) => !NO_FILTERS.has(name));
  const { ordering, limit, start, end } = query as Readonly<
    Record<"ordering" | "start" | "end", string | undefined>
  > & {
    readonly limit?: number;
  };
  if (start !== undefined && end !== undefined && Date.parse(start) >= Date.parse(end)) {
    throw new InvalidInputError({ start: ["Must be before end."] });
  }
  const selected = [...items].filter((item) =>
    filters.every(([name, value]) => special.passes?.(item, name, value, space) ?? passes(item, name, value)),
  );
  if (ordering !== undefined) selected.sort((one, other) => compareTimes(one, other) * (ordering === "asc" ? 1 : -1));
  const schema = rules.schema;
  const shown = (item: Item) => project(special.show?.(item, space, query as Item) ?? item, itemSchema(rules));
  if (schema?.type === "array") return Response.json(selected.map(shown));
  if (rules.paging === "offset")
    return Response.json(offsetPage(selected, query as { limit?: number; offset?: number }, url, shown));
  const keyOf = (item: Item) => items.idOf(item) ?? selected.indexOf(item);
  const parameter = rules.operation.parameters.some(({ name, in: location }) => name === "next" && location === "query")
    ? "next"
    : "cursor";
  return cursorPage(selected, url, { keyOf, show: shown, limit, parameter });
}

function create(resource: Resource, items: Collection<Item>, rules: OperationRules, { space, body }: Call): Response {
  const special = specialOf(resource.path);
  const given = (body ?? {}) as Item;
  const item = items.add(special.accept?.(given, undefined, space) ?? given);
  return respond(rules, special.show?.(item, space, {}) ?? item);
}

function update(resource: Resource, item: Item, { space, body }: Call): void {
  const changes = specialOf(resource.path).accept?.(body as Item, item, space) ?? (body as Item);
  remakeItem(resource, item, changes, space.clock.now());
}

/** The filters that most lists have in common. */
function passes(item: Item, name: string, value: unknown): boolean {
  const at = () => Date.parse(String(item.created_at));
  if (name === "ids") return (value as unknown[]).includes(item.id);
  if (name === "tags") return (value as unknown[]).some((tag) => (item.tags as unknown[]).includes(tag));
  if (name === "start") return at() >= Date.parse(String(value));
  if (name === "end") return at() <= Date.parse(String(value));
  return item[name] === value;
}

function compareTimes(one: Item, other: Item): number {
  return Date.parse(String(one.created_at)) - Date.parse(String(other.created_at)) || Number(one.id) - Number(other.id);
}

function respond({ status, schema }: OperationRules, item: Item): Response {
  return Response.json(project(item, schema), { status });
}

function itemsOf(resource: Resource, space: Space, path: Readonly<Record<string, unknown>>): Collection<Item> {
  return space.resources.collection(resource, resource.parent === undefined ? undefined : parentIdIn(path));
}

/** No list of the API is more than one level below another. */
function parentIdIn(path: Readonly<Record<string, unknown>>): number | string {
  return Object.values(path)[0] as number | string;
}

function itemSchema({ schema }: OperationRules) {
  const list = schema?.type === "array" ? schema : schema?.properties?.results;
  return list && typeof list === "object" ? (list.items as object) : undefined;
}
