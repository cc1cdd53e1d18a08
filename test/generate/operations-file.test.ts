import { expect, test } from "vitest";
import openapi from "../../generated/openapi.json" with { type: "json" };
import { type Operation, operations } from "../../generated/operations.ts";
import type { Document } from "../../scripts/generate/document.ts";
import type { OperationFacts } from "../../scripts/generate/operation-facts.ts";
import { readOperations } from "../../scripts/generate/operations.ts";

const facts = readOperations(openapi as unknown as Document);

test("the table has every operation of the document and no other", () => {
  expect(facts.length).toBe(126);
  expect(Object.keys(operations).toSorted()).toEqual(facts.map(({ id }) => id).toSorted());
});

test("every row of the table matches the document", () => {
  const rows: Readonly<Record<string, Operation>> = operations;
  for (const fact of facts) expect(rows[fact.id], fact.id).toEqual(rowOf(fact));
});

/** The row of an operation, without the properties that do not apply. */
function rowOf(fact: OperationFacts): Operation {
  const { id, method, path, security, pathParameters, queryParameters, rules, contentType, bodyFields } = fact;
  const rulesOf = (parameters: OperationFacts["queryParameters"]) =>
    parameters.length === 0 ? undefined : Object.fromEntries(parameters.map(({ name }) => [name, rules[name]]));
  const isEmpty = fact.responses.every((schema) => schema === undefined);
  const row: Record<string, unknown> = {
    id,
    method,
    path,
    security,
    servers: serversOf(fact),
    pathParameters: rulesOf(pathParameters),
    query: rulesOf(queryParameters),
    body: contentType && {
      contentType,
      required: fact.bodyRequired,
      ...(bodyFields ? { fields: bodyFields } : {}),
    },
    pagination: fact.pagination && {
      type: fact.pagination,
      ...(fact.pageSize === undefined ? {} : { pageSize: fact.pageSize }),
    },
    response: isEmpty ? "empty" : fact.returnsArray ? "array" : "object",
    mayBeEmpty: (fact.mayBeEmpty && !isEmpty) || undefined,
    retry: fact.retry === (method === "POST" ? "never" : "always") ? undefined : fact.retry,
    coalesce: method === "GET" && !fact.coalescable ? false : undefined,
    openedInBrowser: fact.openedInBrowser || undefined,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as Operation;
}

function serversOf({ servers }: OperationFacts): Record<string, string> {
  return Object.fromEntries(
    servers.map(({ url, variables = {}, "x-name": name = "" }) => {
      const filled = Object.entries(variables).reduce(
        (text, [variable, { default: value, "x-required": required }]) =>
          text.replace(`{${variable}}`, value && !required ? `{${variable}=${value}}` : `{${variable}}`),
        url,
      );
      return [name, filled];
    }),
  );
}
