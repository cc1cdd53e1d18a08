import { describe, expect, inject, test } from "vitest";
import { type DocumentedOperation, flatten, type Parameter, resolve, type Schema } from "../spec/document.ts";
import { testAll } from "../support/test-all.ts";
import { bodiesOf, document, exampleOf, isSignedIn, operations, parametersOf } from "./documented-operations.ts";

// The mock rejects requests that break the document, so that a contract test against it finds a wrong request.

const BEARER = { Authorization: "Bearer 1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ" };

const withParameters = operations.flatMap((place) =>
  (["path", "query"] as const)
    .flatMap((where) => parametersOf(place, where))
    .flatMap((parameter) => wrongValues(parameter.schema ?? {}).map((value) => ({ place, parameter, value }))),
);

const grants = operations.flatMap((place) =>
  Object.entries(bodiesOf(place)).map(([name, body]) => ({ place, name, body, required: requiredFields(place, body) })),
);

const withoutField = grants.flatMap((grant) => grant.required.map((field) => ({ ...grant, field })));

test("there are wrong parameters and missing fields to try", () => {
  expect(withParameters.length).toBeGreaterThan(20);
  expect(withoutField.length).toBeGreaterThan(10);
});

testAll("a valid request to every operation returns success", operations, "$name", async (place) => {
  const response = await send(place);
  expect(response.ok).toBe(true);
  expect(response.headers.get("sl-violations")).toBeNull();
});

describe("a parameter that breaks its schema", () => {
  testAll(
    "is named in a 400 or 422",
    withParameters,
    "$place.name, $parameter.name: $value",
    async ({ place, parameter, value }) => {
      const response = await send(place, { parameter, value });
      expect(response.status).toBe(rejectionStatusOf(place));
      expect(await violationsOf(response)).toContainEqual(
        expect.objectContaining({
          location: expect.arrayContaining([parameter.in, parameter.name]),
        }),
      );
    },
  );
});

describe("a body that breaks its schema", () => {
  testAll(
    "by a missing field is rejected, naming it",
    withoutField,
    "$place.name, $name without $field",
    async ({ place, body, field }) => {
      const { [field]: _, ...rest } = body;
      const response = await send(place, { body: rest });
      expect(response.status).toBe(rejectionStatusOf(place));
      expect(await violationsOf(response)).toContainEqual(
        expect.objectContaining({ code: "required", message: expect.stringContaining(`'${field}'`) }),
      );
    },
  );

  testAll(
    "by an empty field is rejected, naming it",
    withoutField.filter(isNeverEmpty),
    "$place.name, $name with an empty $field",
    async ({ place, body, field }) => {
      const response = await send(place, { body: { ...body, [field]: "" } });
      expect(response.status).toBe(rejectionStatusOf(place));
      expect(await violationsOf(response)).toContainEqual(
        expect.objectContaining({ location: expect.arrayContaining(["body", field]) }),
      );
    },
  );

  testAll(
    "by a grant_type that does not exist is rejected, naming it",
    grants.filter(({ body }) => "grant_type" in body),
    "$place.name, $name",
    async ({ place, body }) => {
      const response = await send(place, { body: { ...body, grant_type: "magic" } });
      expect(response.status).toBe(rejectionStatusOf(place));
      expect(await violationsOf(response)).toContainEqual(
        expect.objectContaining({ location: expect.arrayContaining(["body", "grant_type"]) }),
      );
    },
  );

  testAll("by its absence is rejected", operations.filter(needsBody), "$name", async (place) => {
    const response = await fetch(urlOf(place), { method: place.method, ...encode(place, undefined) });
    expect(response.status).toBe(rejectionStatusOf(place));
    expect(await violationsOf(response)).not.toEqual([]);
  });
});

testAll("every operation without its token returns 401", operations.filter(isSignedIn), "$name", async (place) => {
  const response = await fetch(urlOf(place), { method: place.method });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ title: "not_authenticated", status: 401 });
  expect(await violationsOf(response)).toContainEqual(expect.objectContaining({ code: 401 }));
});

testAll("every operation without the slash at the end returns 404", operations, "$name", async (place) => {
  const response = await fetch(urlOf(place).replace(/\/(\?|$)/, "$1"), { method: place.method, headers: BEARER });
  expect(response.status).toBe(404);
});

testAll(
  "every path rejects the methods that the document does not name",
  operations,
  "$name",
  async ({ path, method }) => {
    const place = { path, method } as DocumentedOperation;
    const named = operations.filter((other) => other.path === path).map((other) => other.method);
    const others = ["GET", "PUT", "POST", "DELETE", "PATCH"].filter((candidate) => !named.includes(candidate));
    for (const other of others) {
      const response = await fetch(urlOf(place), { method: other, headers: BEARER });
      // Where another path has a parameter at this position, that one responds, and rejects its parameter.
      expect(isTakenForAnother(path, other) ? [400, 422] : [405], other).toContain(response.status);
    }
    expect(others).not.toEqual([]);
  },
);

function isTakenForAnother(path: string, method: string): boolean {
  return operations.some((other) => {
    const template = new RegExp(`^${other.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
    return other.path !== path && other.method === method && template.test(path);
  });
}

interface Change {
  readonly parameter?: Parameter;
  readonly value?: string;
  readonly body?: Record<string, unknown>;
}

/** Sends the request that the document shows, with one thing changed. */
function send(place: DocumentedOperation, { parameter, value, body }: Change = {}): Promise<Response> {
  const shown = body ?? Object.values(bodiesOf(place))[0];
  return fetch(urlOf(place, parameter, value), {
    method: place.method,
    ...encode(place, shown),
  });
}

/** A form where the document names one, else JSON. */
function encode(place: DocumentedOperation, body: Record<string, unknown> | undefined): RequestInit {
  const headers = isSignedIn(place) ? BEARER : {};
  if (!body) return { headers };
  const form = "application/x-www-form-urlencoded" in (place.operation.requestBody?.content ?? {});
  if (form) return { headers, body: new URLSearchParams(body as Record<string, string>) };
  return { headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** The address of an operation, its path filled in with what the document shows. */
function urlOf({ path, operation }: DocumentedOperation, changed?: Parameter, value = ""): string {
  const known = operation ? parametersOf({ operation } as DocumentedOperation, "path") : [];
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (changed?.in === "path" && changed.name === name) return encodeURIComponent(value);
    const parameter = known.find((candidate) => candidate.name === name);
    return parameter ? String(exampleOf(parameter)) : "1";
  });
  const required = operation
    ? parametersOf({ operation } as DocumentedOperation, "query").filter((parameter) => parameter.required)
    : [];
  const query = new URLSearchParams(required.map((parameter) => [parameter.name, String(exampleOf(parameter))]));
  if (changed?.in === "query") query.set(changed.name, value);
  return `${inject("prismOrigin")}${filled}${query.size > 0 ? `?${query}` : ""}`;
}

/** The mock rejects with 400 where the document has it for the operation, else with 422. */
function rejectionStatusOf({ operation }: DocumentedOperation): number {
  return "400" in operation.responses ? 400 : 422;
}

/** The violations that the mock reports: in a header beside a documented response, or in the body of its own 422. */
async function violationsOf(response: Response): Promise<unknown[]> {
  const header = response.headers.get("sl-violations");
  if (header !== null) return JSON.parse(header);
  const body = response.bodyUsed ? undefined : ((await response.json()) as { validation?: unknown[] });
  return body?.validation ?? [];
}

/** Values that a schema forbids, as they would be in a URL. */
function wrongValues(reference: Schema): string[] {
  const schema = resolve(document, reference);
  if (schema.type === "array") return wrongValues(schema.items ?? {}).filter((value) => value !== "");
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
  const isNumber = schema.type === "integer" || schema.type === "number";
  return [
    ...(isNumber ? ["abc"] : []),
    ...(schema.type === "integer" ? ["1.5"] : []),
    ...(minimum === undefined ? [] : [String(minimum - 1)]),
    ...(maximum === undefined ? [] : [String(maximum + 1)]),
    ...(schema.enum ? ["77"] : []),
    ...(schema.format === "date-time" ? ["tomorrow"] : []),
  ];
}

/** Formats that an empty string does not have. */
const FORMATS_OF_TEXT = ["email", "uri", "uuid", "date-time", "duration"];

/** True for a field in which an empty string breaks the schema. */
function isNeverEmpty({ place, body, field }: (typeof withoutField)[number]): boolean {
  const { type, minLength, ...rest } = resolve(document, branchOf(place, body).properties?.[field] ?? {}) as Schema & {
    minLength?: number;
  };
  return (
    type !== "string" ||
    (minLength ?? 0) > 0 ||
    "const" in rest ||
    "enum" in rest ||
    FORMATS_OF_TEXT.includes(rest.format ?? "")
  );
}

function requiredFields(place: DocumentedOperation, body: Record<string, unknown>): string[] {
  return branchOf(place, body).required ?? [];
}

/** The branch of a body's schema that an example belongs to: the one whose constants it has. */
function branchOf({ operation }: DocumentedOperation, body: Record<string, unknown>): Schema {
  const schema = resolve(document, Object.values(operation.requestBody?.content ?? {})[0]?.schema ?? {});
  const branches = (schema.oneOf ?? [schema]).map((branch) => flatten(document, branch));
  const fits = ({ properties = {} }: Schema) =>
    Object.entries(properties).every(([name, property]) => {
      const constant = resolve(document, property).const;
      return constant === undefined || constant === body[name];
    });
  return branches.find(fits) ?? {};
}

function needsBody({ operation }: DocumentedOperation): boolean {
  const { required } = (operation.requestBody ?? {}) as { required?: boolean };
  return required === true;
}
