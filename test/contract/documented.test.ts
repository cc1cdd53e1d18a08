import { describe, expect, test } from "vitest";
import { createContract } from "../../src/contract/index.ts";
import {
  bodiesOf,
  document,
  emptyResponsesOf,
  exampleOf,
  parametersOf,
  responsesOf,
} from "../client/documented-operations.ts";
import { type DocumentedOperation, operationsOf } from "../spec/document.ts";
import { messagesOf, TOKEN } from "./support.ts";

const places = operationsOf(document);
const FORM = "application/x-www-form-urlencoded";

describe("everything that the document shows keeps the contract:", () => {
  const contract = createContract();

  test("each example of each parameter and body", () => {
    for (const place of places) {
      for (const body of bodyTextsOf(place)) {
        contract.checkRequest({ method: place.method, url: urlOf(place), headers: headersOf(place), bodyText: body });
      }
    }
    expect(contract.requests).toBeGreaterThan(places.length);
    expect(messagesOf(contract.violations)).toEqual([]);
    const { operations, parameters } = contract.coverage();
    expect([operations.missing, parameters.missing]).toEqual([[], []]);
  });

  test("each example of each response", () => {
    for (const place of places) {
      const request = { method: place.method, url: urlOf(place), headers: {} };
      const headers = { "Content-Type": "application/json", Location: "https://app.example.com/?code=1" };
      for (const { status, value } of responsesOf(place)) {
        contract.checkResponse(request, { status, headers, bodyText: JSON.stringify(value) });
      }
      for (const { status } of emptyResponsesOf(place)) {
        contract.checkResponse(request, { status, headers, bodyText: "" });
      }
    }
    expect(contract.responses).toBeGreaterThan(places.length);
    expect(messagesOf(contract.violations)).toEqual([]);
    expect(contract.coverage().responses.missing).toEqual([]);
  });
});

function urlOf(place: DocumentedOperation): string {
  const origin = (place.servers[0]?.url ?? "").replace("{streamer}", "rec-streamer-eu-central-1");
  const values = new Map(parametersOf(place, "path").map((one) => [one.name, String(exampleOf(one))]));
  const path = place.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values.get(name) ?? ""));
  const query = parametersOf(place, "query").map((one): [string, string] => [one.name, String(exampleOf(one))]);
  return `${origin}${path}?${new URLSearchParams(query)}`;
}

function headersOf(place: DocumentedOperation): Record<string, string> {
  const own = parametersOf(place, "header").map((one): [string, string] => [one.name, String(exampleOf(one))]);
  const [type] = Object.keys(place.operation.requestBody?.content ?? {});
  return { ...Object.fromEntries(own), ...(type ? { "Content-Type": type } : {}), Authorization: `Bearer ${TOKEN}` };
}

function bodyTextsOf(place: DocumentedOperation): string[] {
  const isForm = FORM in (place.operation.requestBody?.content ?? {});
  const texts = Object.values(bodiesOf(place)).map((body) =>
    isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body),
  );
  return texts.length > 0 ? texts : [""];
}
