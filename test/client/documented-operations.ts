import type { Angelcam, ApiPromise, RequestOptions } from "../../src/index.ts";
import {
  type Document,
  type DocumentedOperation,
  operationsOf,
  type Parameter,
  readDocument,
  resolve,
} from "../spec/document.ts";
import { valuesOf } from "../spec/examples.ts";

// The responses and bodies of the document, for tests that compare client and mock with it. New operations are included automatically.

/** The bundle that everything else is derived from. */
export const document: Document = readDocument();

/** Every operation of the document that is a method of the client. */
export const operations: readonly DocumentedOperation[] = operationsOf(document).filter(
  ({ operation }) => !("x-opened-in-browser" in operation),
);

/** One named example of one documented response. */
export interface DocumentedResponse {
  readonly id: string;
  readonly status: number;
  readonly example: string;
  readonly value: unknown;
  readonly place: DocumentedOperation;
}

/** Every response of an operation, an entry for each of its named examples. */
export function responsesOf(place: DocumentedOperation): DocumentedResponse[] {
  return Object.entries(place.operation.responses).flatMap(([status, reference]) =>
    Object.values(resolve(document, reference).content ?? {}).flatMap((content) =>
      valuesOf(document, content).map(([example, value]) => ({
        id: place.operation.operationId,
        status: Number(status),
        example,
        value,
        place,
      })),
    ),
  );
}

/** Every response of an operation that is empty by design. */
export function emptyResponsesOf(place: DocumentedOperation): Pick<DocumentedResponse, "id" | "status" | "place">[] {
  return Object.entries(place.operation.responses)
    .filter(([, reference]) => resolve(document, reference).content === undefined)
    .map(([status]) => ({ id: place.operation.operationId, status: Number(status), place }));
}

/** The header that makes the mock return this response. */
export function preferring({
  status,
  example,
}: Pick<DocumentedResponse, "status" | "example">): Record<string, string> {
  return { Prefer: `code=${status}, example=${example}` };
}

/** Every body that the document shows for an operation, by name. */
export function bodiesOf({ operation }: DocumentedOperation): Record<string, Record<string, unknown>> {
  const [content] = Object.values(operation.requestBody?.content ?? {});
  return Object.fromEntries(content ? valuesOf(document, content) : []) as Record<string, Record<string, unknown>>;
}

/** The parameters of an operation in its path, query or headers. */
export function parametersOf({ operation }: DocumentedOperation, where: "path" | "query" | "header"): Parameter[] {
  return (operation.parameters ?? [])
    .map((parameter) => resolve(document, parameter))
    .filter((parameter) => parameter.in === where);
}

/** The first value that the document shows for a parameter. */
export function exampleOf(parameter: Parameter): unknown {
  return valuesOf(document, parameter)[0]?.[1];
}

/** True when an operation is called with a credential. */
export function isSignedIn({ operation }: DocumentedOperation): boolean {
  return operation.security?.length !== 0;
}

/**
 * Calls the method of an operation with the values that the document shows.
 *
 * @param body In place of the first body that the document shows.
 */
export function callMethod(
  angelcam: Angelcam,
  place: DocumentedOperation,
  options: RequestOptions,
  body: unknown = Object.values(bodiesOf(place))[0],
): ApiPromise<unknown> {
  const path = parametersOf(place, "path").map(exampleOf);
  const query = parametersOf(place, "query");
  const required = query.filter((parameter) => parameter.required).map((one) => [one.name, exampleOf(one)]);
  const input = place.operation.requestBody ? [body] : query.length > 0 ? [Object.fromEntries(required)] : [];
  type Methods = { [name: string]: Methods } & ((...values: unknown[]) => ApiPromise<unknown>);
  const names = place.operation.operationId.split(".");
  const verb = names.pop() ?? "";
  const resource = names.reduce((parent, name) => parent[name] as Methods, angelcam as unknown as Methods);
  return (resource[verb] as Methods).call(resource, ...path, ...input, options);
}
