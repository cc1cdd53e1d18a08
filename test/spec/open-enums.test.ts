import { expect, test } from "vitest";
import { type Document, find, operationsOf, readDocument, type Schema } from "./document.ts";

const document = readDocument();

// `x-open-enum: true` beside an `enum`, or beside a `$ref` to one, says that the API may add values.

test("every enum that only responses hold is open, and says so", () => {
  const { response, request } = enumsOf(document);
  const closed = [...response].filter(([pointer, isOpen]) => !isOpen && !request.has(pointer));
  expect(response.size).toBeGreaterThanOrEqual(28);
  expect(closed).toEqual([]);
  const open = [...response].filter(([, isOpen]) => isOpen).map(([pointer]) => pointer);
  const silent = open.filter((pointer) => !(find(document, pointer) as Schema).description?.includes("may add values"));
  expect(silent).toEqual([]);
});

test("no enum of a request is open", () => {
  const { request } = enumsOf(document);
  expect(request.size).toBeGreaterThanOrEqual(17);
  expect([...request].filter(([, isOpen]) => isOpen)).toEqual([]);
});

test("an enum that a request and a response share is open in the response alone", () => {
  const { response, request } = enumsOf(document);
  expect([...response.keys()].filter((pointer) => request.has(pointer))).toEqual([]);
});

test("a closed enum in a response is found", () => {
  const damaged = structuredClone(document);
  const status = damaged.components.schemas.CameraBase?.properties?.status as { "x-open-enum"?: boolean };
  delete status["x-open-enum"];
  expect(enumsOf(damaged).response.get("#/components/schemas/CameraBase/properties/status")).toBe(false);
});

/** The enums of all requests and of all responses: where each is, and whether it is open. */
function enumsOf(spec: Document): Record<"request" | "response", Map<string, boolean>> {
  const request = new Map<string, boolean>();
  const response = new Map<string, boolean>();
  for (const { path, method, operation } of operationsOf(spec)) {
    const pointer = `#/paths/${path.replaceAll("/", "~1")}/${method.toLowerCase()}`;
    collect(spec, operation.parameters, `${pointer}/parameters`, request);
    collect(spec, operation.requestBody, `${pointer}/requestBody`, request);
    collect(spec, operation.responses, `${pointer}/responses`, response);
  }
  return { request, response };
}

function collect(spec: Document, part: unknown, pointer: string, found: Map<string, boolean>, seen = new Set()): void {
  if (typeof part !== "object" || part === null) return;
  const { $ref, enum: values, "x-open-enum": isOpen = false } = part as Schema & { "x-open-enum"?: boolean };
  const target = $ref === undefined ? undefined : (find(spec, $ref) as Schema);
  if (Array.isArray(values) || (isOpen && target?.enum)) found.set(pointer, isOpen);
  // Behind an open reference the values themselves are the closed enum of the requests.
  if ($ref !== undefined && !isOpen && !seen.has($ref)) {
    seen.add($ref);
    collect(spec, target, $ref, found, seen);
  }
  for (const [key, child] of Object.entries(part)) {
    if (key === "example" || key === "examples") continue;
    collect(spec, child, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, found, seen);
  }
}
