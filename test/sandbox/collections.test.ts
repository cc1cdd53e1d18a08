import fc from "fast-check";
import { describe, expect, test } from "vitest";
import document from "../../generated/openapi.json" with { type: "json" };
import { createSandbox, type Sandbox } from "../../src/sandbox/index.ts";
import { deviations } from "./documented-response.ts";
import { API, START } from "./support.ts";

// Every list of the document, against a simple model: a list of ids, and the fields that were sent.

type Item = Record<string, unknown>;

interface Collection {
  readonly path: string;
  readonly itemPath: string;
  readonly methods: readonly string[];
  /** A body of the document's examples. */
  readonly body: Item | undefined;
  readonly idName: string;
  readonly operations: Readonly<Record<string, string>>;
}

interface OperationObject {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly examples?: object }>> };
}

const paths = document.paths as unknown as Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;

/** Lists with items that have a path of their own. */
const collections: readonly Collection[] = Object.entries(paths).flatMap(([path, item]) => {
  const found = Object.entries(paths).find(([other]) => /^(.*\/)\{\w+\}\/$/.exec(other)?.[1] === path);
  if (!found || !item.get) return [];
  const [itemPath, one] = found;
  return [
    {
      path,
      itemPath,
      methods: [...Object.keys(item).map((method) => `list ${method}`), ...Object.keys(one)],
      body: exampleOf(item.post),
      idName: path.includes("arrow-clients/") && !path.includes("services") ? "uuid" : "id",
      operations: Object.fromEntries(
        [item, one].flatMap((object, index) =>
          Object.entries(object).flatMap(([method, operation]) =>
            operation.operationId ? [[`${index === 0 ? "list " : ""}${method}`, operation.operationId]] : [],
          ),
        ),
      ),
    },
  ];
});

describe("every list of the document", () => {
  test("is found", () => {
    expect(collections.map(({ path }) => path)).toHaveLength(20);
  });

  test.each(collections.map((one) => [one.path, one] as const))(
    "%s returns, creates, updates and deletes items consistently",
    async (_, collection) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.record({ action: action(), index: fc.nat(20) }), { maxLength: 12 }), (steps) =>
          walk(collection, steps),
        ),
        { numRuns: 10, seed: 14 },
      );
    },
  );

  test.each(collections.map((one) => [one.path, one] as const))(
    "%s returns 404 for an id that it does not have, and keeps the spaces apart",
    async (_, collection) => {
      const { sandbox, send, path } = await open(collection);
      const [first, second] = sandbox.account.spaces.map(({ id }) => String(id));
      const own = await idsOf(collection, send, path);
      for (const id of [99_999_999, "00000000-0000-4000-8000-000000000000"]) {
        expect((await send("GET", `${path}${id}/`)).status).toBe(404);
      }
      if (collection.path === "/v1/spaces/") return;
      expect(await idsOf(collection, send, path, { "X-Space-Id": first })).toEqual(own);
      for (const id of own) {
        expect((await send("GET", `${path}${id}/`, undefined, { "X-Space-Id": second })).status).toBe(404);
      }
      if (path !== collection.path) return;
      const others = await idsOf(collection, send, path, { "X-Space-Id": second });
      expect(own.filter((id) => others.includes(id))).toEqual([]);
    },
  );
});

test("a foreign space is forbidden, and one that cannot be is invalid", async () => {
  const sandbox = createSandbox({ accounts: 2 });
  const foreign = sandbox.accounts[1]?.spaces[0]?.id ?? 0;
  const send = senderOf(sandbox);
  expect((await send("GET", "/v1/cameras/", undefined, { "X-Space-Id": String(foreign) })).status).toBe(403);
  expect((await send("GET", "/v1/cameras/", undefined, { "X-Space-Id": "999999" })).status).toBe(403);
  expect((await send("GET", "/v1/cameras/", undefined, { "X-Space-Id": "mine" })).status).toBe(400);
});

function action(): fc.Arbitrary<"create" | "get" | "list" | "update" | "remove"> {
  return fc.constantFrom("create", "get", "list", "update", "remove");
}

/** One run: what the sandbox says is what the model says, after each step. */
async function walk(collection: Collection, steps: readonly { action: string; index: number }[]): Promise<void> {
  const { send, path } = await open(collection);
  const model = new Map<unknown, Item>();
  for (const id of await idsOf(collection, send, path)) model.set(id, {});
  for (const [number, { action: name, index }] of steps.entries()) {
    const id = [...model.keys()][index % Math.max(model.size, 1)];
    if (name === "create" && collection.body && collection.methods.includes("list post")) {
      const body = varied(collection.body, number);
      const response = await send("POST", path, body);
      expect([200, 201]).toContain(response.status);
      expect(await deviations(collection.operations["list post"] ?? "", response.clone())).toEqual([]);
      const created = (await response.json()) as Item;
      const key = created[collection.idName] ?? created.service_id;
      expect(model.has(key)).toBe(false);
      model.set(key, shown(body, created));
      if (!isPairing(collection)) expect(created).toMatchObject(created.service_id ? {} : shown(body, created));
    } else if (name === "get" && id !== undefined) {
      const response = await send("GET", `${path}${id}/`);
      expect(await deviations(collection.operations.get ?? "", response.clone())).toEqual([]);
      expect(await response.json()).toMatchObject({ ...model.get(id), [collection.idName]: id });
    } else if (name === "update" && id !== undefined && collection.methods.includes("put")) {
      const body = updateOf(collection, number);
      const response = await send("PUT", `${path}${id}/`, body);
      expect([200, 201]).toContain(response.status);
      const updated = (await response.json()) as Item;
      expect(updated).toMatchObject(shown(body, updated));
      model.set(id, { ...model.get(id), ...shown(body, updated) });
    } else if (name === "remove" && id !== undefined && collection.methods.includes("delete")) {
      expect((await send("DELETE", `${path}${id}/`)).status).toBe(204);
      expect((await send("GET", `${path}${id}/`)).status).toBe(404);
      expect((await send("DELETE", `${path}${id}/`)).status).toBe(404);
      model.delete(id);
    }
    if (isPairing(collection)) continue;
    expect((await idsOf(collection, send, path)).sort()).toEqual([...model.keys()].sort());
  }
}

/** A sandbox, and the path of the list with the ids that it needs. */
async function open(collection: Collection) {
  const sandbox = createSandbox({ cameras: 8, quota: false, clock: { now: () => START } });
  const send = senderOf(sandbox);
  for (const camera of sandbox.cameras) camera.guests = 2;
  const [camera] = [...sandbox.recordings].map(({ cameraId }) => cameraId);
  const [shared] = [...sandbox.account.collection("/v1/shared-cameras/")];
  const ids: Readonly<Record<string, unknown>> = {
    arrow_client_id: [...sandbox.arrowClients][0]?.uuid,
    camera_id: collection.path.startsWith("/v1/shared") ? shared?.id : camera,
    order_id: [...sandbox.account.collection("/v1/billing/orders/")][0]?.id,
  };
  const [recording] = sandbox.recordings.of(Number(camera));
  const range = { start: "2026-11-24T06:00:00Z", end: "2026-11-24T09:00:00Z" };
  sandbox.recordings.setFootage(recording?.id ?? "", [range]);
  const path = collection.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(ids[name]));
  return { sandbox, send, path };
}

type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string | undefined>,
) => Promise<Response>;

function senderOf(sandbox: Sandbox): Send {
  const token = sandbox.tokens.signIn().access_token;
  return (method, path, body, headers = {}) => {
    const all = {
      Authorization: `Bearer ${token}`,
      ...(body ? { "Content-Type": "application/json" } : {}),
      ...headers,
    };
    return sandbox.fetch(API + path, {
      method,
      headers: all as Record<string, string>,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  };
}

/** The ids of a list by its pages, whose count is right on each of them. */
async function idsOf(collection: Collection, send: Send, path: string, headers = {}): Promise<unknown[]> {
  const ids: unknown[] = [];
  let next: string | null = path;
  while (next !== null) {
    const response: Response = await send("GET", next, undefined, headers);
    expect(response.status).toBe(200);
    const page = (await response.json()) as Item[] | { count: number; next: string | null; results: Item[] };
    const items = Array.isArray(page) ? page : page.results;
    ids.push(...items.map((item) => item[collection.idName]));
    next = Array.isArray(page) || page.next === null ? null : page.next.slice(API.length);
    if (!Array.isArray(page) && next === null) expect(ids).toHaveLength(page.count);
  }
  return ids;
}

/** A body that differs from the last one in its text. */
function varied(body: Item, number: number): Item {
  if ("uuid" in body) return { uuid: `5f0c2d1a-8b7e-4c39-9a64-${String(number).padStart(12, "0")}` };
  return "name" in body ? { ...body, name: `${String(body.name)} ${number}` } : body;
}

function updateOf(collection: Collection, number: number): Item {
  const operation = paths[collection.itemPath]?.put;
  return varied(exampleOf(operation) ?? {}, number);
}

/** The fields of a body that a response can show: what is written in one form and read in another is not among them. */
function shown(body: Item, response: Item): Item {
  return Object.fromEntries(
    Object.entries(body).filter(
      ([name, value]) => name in response && !(name === "message" && typeof value === "string"),
    ),
  );
}

function isPairing({ path }: Collection): boolean {
  return path === "/v1/arrow-clients/";
}

function exampleOf(operation: OperationObject | undefined): Item | undefined {
  const [content] = Object.values(operation?.requestBody?.content ?? {});
  const [example] = Object.values(content?.examples ?? {}) as { $ref?: string; value?: Item }[];
  if (!example?.$ref) return example?.value;
  const name = example.$ref.split("/").at(-1) ?? "";
  return (document.components.examples as unknown as Record<string, { value: Item }>)[name]?.value;
}
