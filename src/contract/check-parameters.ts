import { suggestion } from "../base/nearest-name.ts";
import type { OpenApiOperation, OpenApiParameter } from "../openapi/operation.ts";
import type { Route } from "../openapi/router.ts";
import { typesOf } from "../openapi/schema.ts";
import { isPercentEncoded } from "./body.ts";
import { parameterName } from "./coverage.ts";
import { formatName } from "./format-value.ts";
import { inspect } from "./inspect.ts";
import type { Inspection } from "./inspection.ts";
import { valueOfTexts } from "./text-value.ts";

/** Checks path, query and headers. Returns the parameters that the request has, by their names in the coverage. */
export function checkParameters(
  { operation, path }: Route,
  url: URL,
  headers: Headers,
  inspection: Inspection,
): string[] {
  const seen: string[] = [];
  for (const parameter of operation.parameters) {
    const texts = textsOf(parameter, path, url, headers, inspection);
    if (texts === undefined) continue;
    if (texts.length === 0) {
      if (parameter.required) inspection.note({ kind: "missing", ...locationOf(parameter), text: "is missing" });
      continue;
    }
    seen.push(parameterName(operation, parameter));
    checkRepetition(parameter, texts, inspection);
    const value = valueOfTexts(texts, parameter, inspection.references);
    inspect(parameter.schema, parameter.name, value, locationOf(parameter), inspection);
  }
  checkEncoding(url, inspection);
  checkUnknownQuery(operation, url, inspection);
  checkUnknownHeaders(operation, headers, inspection);
  return seen;
}

/** The values of a parameter as the request has them; undefined when they cannot be read. */
function textsOf(
  parameter: OpenApiParameter,
  path: Readonly<Record<string, string>>,
  url: URL,
  headers: Headers,
  inspection: Inspection,
): string[] | undefined {
  const { name } = parameter;
  switch (parameter.in) {
    case "path":
      try {
        return [decodeURIComponent(path[name] ?? "")];
      } catch {
        inspection.note({ kind: "unreadable", ...locationOf(parameter), text: "has a broken % escape" });
        return undefined;
      }
    case "query":
      return url.searchParams.getAll(name);
    case "header": {
      const text = headers.get(name);
      return text === null ? [] : [text];
    }
    default:
      return undefined;
  }
}

function checkRepetition(parameter: OpenApiParameter, texts: readonly string[], inspection: Inspection): void {
  const isList = typesOf(parameter.schema, inspection.references)?.includes("array") && parameter.explode !== false;
  if (texts.length < 2 || isList) return;
  const hint = parameter.explode === false ? "Separate the values by commas" : undefined;
  inspection.note({ kind: "repeated", ...locationOf(parameter), text: `is present ${texts.length} times`, hint });
}

/** A URL reads bytes that are not UTF-8, such as the `%E9` of Latin-1, as another character. */
function checkEncoding({ search }: URL, inspection: Inspection): void {
  for (const pair of search.slice(1).split("&")) {
    if (isPercentEncoded(pair)) continue;
    const [name = ""] = new URLSearchParams(pair).keys();
    const text = "is not percent-encoded UTF-8";
    inspection.note({ kind: "unreadable", in: "query", pointer: formatName(name), text });
  }
}

function checkUnknownQuery({ parameters }: OpenApiOperation, { searchParams }: URL, inspection: Inspection): void {
  const known = parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
  for (const [name, value] of searchParams) {
    if (known.includes(name)) continue;
    if (inspection.references.isSecretName(name)) inspection.secrets.add(value);
    inspection.note({
      kind: "unknown",
      in: "query",
      pointer: formatName(name),
      text: "is not in the document",
      value: inspection.formatUnknown(name, value, known),
      hint: suggestion(name, known),
    });
  }
}

/** A request may have any other headers. One that is nearly a header of the document is a typing error. */
function checkUnknownHeaders({ parameters }: OpenApiOperation, headers: Headers, inspection: Inspection): void {
  const known = parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name);
  for (const [name] of headers) {
    if (known.some((one) => one.toLowerCase() === name.toLowerCase())) continue;
    const hint = suggestion(name, known);
    if (hint) inspection.note({ kind: "unknown", in: "header", pointer: name, text: "is not in the document", hint });
  }
}

function locationOf(parameter: OpenApiParameter) {
  return { in: parameter.in as "path" | "query" | "header", pointer: parameter.name };
}
