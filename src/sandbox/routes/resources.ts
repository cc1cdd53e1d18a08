import type { OperationId } from "../../../generated/operations.ts";
import { cutPage, indexBehind } from "../../http/cut-page.ts";
import { fieldsOf, project } from "../../openapi/fields.ts";
import type { OperationRules } from "../../openapi/operation-rules.ts";
import type { Collection, Id, ItemList } from "../resources/collection.ts";
import { remakeItem } from "../resources/make-item.ts";
import { type Item, parentOf, type Resource, resourceAt, resources } from "../resources/resource-table.ts";
import { specialOf } from "../resources/special-resources.ts";
import { found } from "../responses.ts";
import type { ResultOf, Routes, SignedInCall } from "../route-table.ts";
import type { Space } from "../space.ts";

type Call = SignedInCall<OperationId>;

/** Serves what every part of the document does in the same way: list, create, get, update and delete. */
export function serveResources(routes: Routes): void {
  for (const resource of resources.values()) {
    for (const [action, rules] of Object.entries(resource.operations)) {
      if (!rules || routes.has(rules.id)) continue;
      routes.signedIn(
        rules.id,
        (call) => serve(action as keyof Resource["operations"], resource, rules, call) as ResultOf<OperationId>,
      );
    }
  }
}

/**
 * The id of the item that a path goes through, such as the camera of guests, as its list has it: a path may write it otherwise.
 *
 * @throws RequestError with 404 when it is not there.
 */
export function parentIdAt(template: string, { space, path }: Pick<Call, "space" | "path">): Id | undefined {
  const parent = resources.get(parentOf(template) ?? "");
  if (!parent) return undefined;
  const items = itemsOf(parent, space, undefined);
  // No list of the API is more than one level below another.
  return items.idOf(found(items.get(Object.values(path)[0] as Id)));
}

/**
 * The item that a path names, or goes through.
 *
 * @param list The path of its list, such as `/v1/cameras/{camera_id}/clips/`.
 * @throws RequestError with 404 when it is not there, or not in this list.
 */
export function itemAt<Kept extends object = Item>(list: string, { space, path }: Pick<Call, "space" | "path">): Kept {
  const items = itemsOf(resourceAt(list), space, parentIdAt(list, { space, path }));
  return found(items.get(Object.values(path).at(-1) as Id)) as Kept;
}

function serve(
  action: keyof Resource["operations"],
  resource: Resource,
  rules: OperationRules,
  call: Call,
): object | undefined {
  const { space, query } = call;
  const special = specialOf(resource.path);
  const show = (item: Item) => special.show?.(item, space, query as Item) ?? item;
  const parentId = parentIdAt(resource.path, call);
  if (!resource.listed) {
    const object = space.object(resource.path, parentId);
    if (rules.body) Object.assign(object, call.body);
    return show(object);
  }
  const items = itemsOf(resource, space, parentId);
  if (action === "list") return list(resource, items, rules, call);
  const body = (call.body ?? {}) as Item;
  if (action === "create") {
    if (special.create) return show(special.create(body, space, parentId ?? ""));
    return show((items as Collection<Item>).add(special.accept?.(body, undefined, space) ?? body));
  }
  const item = itemAt(resource.path, call);
  if (action === "remove") {
    items.remove(items.idOf(item) as Id);
    return undefined;
  }
  if (action === "update") {
    remakeItem(resource, item, special.accept?.(body, item, space) ?? body, space.clock.now());
    const lacksField = [...fieldsOf(resource.schema, item).required].some((name) => item[name] === undefined);
    if (lacksField) (items as Collection<Item>).complete(item);
  }
  const shown = { ...show(item) };
  if (action === "get") special.afterGet?.(item, space);
  return shown;
}

function list(resource: Resource, items: ItemList<Item>, rules: OperationRules, { space, query, url }: Call): object {
  const special = specialOf(resource.path);
  const parameters = query as Item & { readonly limit?: number; readonly offset?: number };
  const { properties } = fieldsOf(resource.schema);
  const filtered = Object.entries(parameters).reduce(
    (left, [name, value]) => {
      const byField = (item: Item) => !(name in properties) || item[name] === value;
      return left.filter(special.filters?.[name]?.(value, space) ?? byField);
    },
    [...items],
  );
  const selected = special.select?.(filtered, parameters, space) ?? filtered;
  const show = (item: Item) => project(special.show?.(item, space, parameters) ?? item, resource.listed);
  if (rules.schema?.type === "array") return selected.map(show);
  const { limit = 100, offset = 0 } = parameters;
  const isDeclared = rules.operation.parameters.some(({ name }) => name === "next");
  const leader = rules.paging === "offset" ? "offset" : isDeclared ? "next" : "cursor";
  const keyOf = (item: Item) => items.idOf(item) ?? selected.indexOf(item);
  const cursor = leader === "offset" ? null : url.searchParams.get(leader);
  const start = cursor === null ? offset : indexBehind(selected, cursor, keyOf);
  const page = cutPage(selected, url, { start, limit, leader, keyOf });
  return { ...page, results: page.results.map(show) };
}

function itemsOf({ path }: Resource, space: Space, parentId: Id | undefined): ItemList<Item> {
  return specialOf(path).items?.(space, parentId ?? "") ?? space.collection(path, parentId);
}
